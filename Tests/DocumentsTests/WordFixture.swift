import Documents
import Support

/// A Word file of a body, and of other parts by name.
func word(
    _ body: String, _ parts: [(String, String)] = [],
    namespace: String = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
) -> [UInt8] {
    let document = """
        <?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="\(namespace)" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" \
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>\(body)</w:body></w:document>
        """
    return ZIPWriter.archive([("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)] + parts)
}

/// A part of a Word file with its root element.
func wordPart(_ root: String, _ content: String) -> String {
    "<w:\(root) xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\(content)</w:\(root)>"
}

/// A paragraph of one run.
func p(_ text: String, _ properties: String = "") -> String {
    "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
}

/// A cell of one paragraph.
func tc(_ text: String, _ properties: String = "") -> String {
    "<w:tc><w:tcPr>\(properties)</w:tcPr>\(p(text))</w:tc>"
}

/// The outline of a Word file's body.
func wordOutline(_ body: String, _ parts: [(String, String)] = []) throws -> [String] {
    outline(try Document.read(word(body, parts)))
}
