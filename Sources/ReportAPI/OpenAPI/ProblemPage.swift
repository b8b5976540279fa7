internal import HTTPTypes

/// What a problem means, as a page to read.
enum ProblemPage {
    static func bytes(_ code: Problem.Code, _ language: Language) -> [UInt8] {
        let isChinese = language == .chinese
        let title = isChinese ? code.title.chinese : code.title.english
        let meaning = isChinese ? code.meaning.chinese : code.meaning.english
        let content = """
            <main>
            <h1>\(HTMLText.escaped(title))</h1>
            <p class="soft"><code>\(code.rawValue)</code> · \(isChinese ? "状态码" : "status") \(code.status.code)</p>
            <p>\(HTMLText.inline(meaning))</p>
            <p><a href="/docs#problems">\(isChinese ? "全部问题" : "All problems")</a></p>
            </main>
            """
        return Page(language: language, title: title, content: content).bytes
    }
}
