import Documents
import Testing

struct HTMLStyleSheetTests {
    private func page(_ sheet: String, _ body: String, _ attributes: String = "") throws -> [String] {
        let text = "<html><head><style \(attributes)>\(sheet)</style></head><body>\(body)</body></html>"
        return try outline(text, mediaType: "text/html")
    }

    @Test func `what a class hides or strikes out is dropped, what it raises is a mark`() throws {
        let sheet = """
            <!-- .font7 {color:red; text-decoration: underline line-through;} .font0{color:black}
            -->/* .x{display:none} */ .hide , b.gone { DISPLAY : none } .s{vertical-align:super} #old{visibility:hidden}
            """
        let body = """
            <table><tr><td><font class="font7">11</font><font class=font0>12</font>
            <td><i class="a hide">7</i>8<b class=gone>9</b><i class=gone>1</i><td>12<i class=s>2</i><td id=old>3<td class=x>4</table>
            """
        #expect(try page(sheet, body) == ["[markup 1x5]", "12¦81¦12²¦¦4"])
    }

    @Test func `selectors ask for what an element stands in`() throws {
        let sheet = "tr.old td{text-decoration:line-through} .a > .b i{display:none} p i{display:none}"
        let body = """
            <table><tr class=old><td>许可<td>99<tr><td>许可<td>12<div class=a><u class=b><s></s><i>5</i></u></div>
            <div class=b><i>6</i></div></table>
            """
        #expect(try page(sheet, body) == ["[markup 2x2]", "¦", "许可¦12⏎6"])
    }

    @Test func `the stronger rule holds, and the element's own style over both`() throws {
        let sheet = ".tab{display:none} .tab.on{display:block} p{display:block} .x{display:none!important}"
        let body = """
            <p class=tab>甲</p><p class="tab on">乙</p><p class=tab style="display:block">丙</p>
            <p class=x style="display:block">丁</p>
            """
        #expect(try page(sheet, body) == ["乙", "丙"])
    }

    @Test func `rules for printers, small screens and states of elements hide nothing`() throws {
        let sheet = """
            @media print{.a{display:none}} @media screen and (max-width:600px){.b{display:none}} @page{margin:0}
            .c:hover{display:none} [hidden]{display:none} .d{display:none} .d:first-child{display:block}
            body{display:none} @media screen{.e{display:none}} @import url(x.css); .f{display:none}
            """
        let body = ["a", "b", "c", "d", "e", "f"].map { "<p class=\($0)>\($0)</p>" }.joined()
        #expect(try page(sheet, body) == ["a", "b", "c", "d"])
        #expect(try page(".a{display:none}", body, "media=print").first == "a")
        #expect(try page(".a{display:none}", body, "media=screen type='text/css'").first == "b")
    }

    @Test func `sheets in comments and scripts are none, and one below counts`() throws {
        let body = """
            <!-- <style>.a{display:none}</style> --><script>x="<style>.a{display:none}</style>"</script>
            <p class=a>甲</p><p class=b>乙</p><style>.b{display:none}</style>
            """
        #expect(try outline(body, mediaType: "text/html") == ["甲"])
    }

    @Test func `where every table is hidden, the page's program shows them`() throws {
        let table = "<div class=v><table><tr><td>规章<td>1</table></div>"
        #expect(try page(".v{display:none}", table) == ["[markup 1x2]", "规章¦1"])
        #expect(try page(".v{display:none}", table + "<table><tr><td>规章<td>2</table>").last == "规章¦2")
    }

    @Test func `an invisible block that holds all tables is shown by the page's program`() throws {
        let table = "<table><tr><td>规章<td>1</table>"
        let block = "<div id=js_content style='visibility: hidden; opacity: 0;'><p>甲</p>\(table)</div>"
        #expect(try page("", block) == ["甲", "[markup 1x2]", "规章¦1"])
        #expect(try page("", block + table.replacing(">1", with: ">2")) == ["[markup 1x2]", "规章¦2"])
        #expect(try page("", table.replacing("<table", with: "<table style='visibility:hidden'")).isEmpty)
    }

    @Test func `what Word raises by points is a mark`() throws {
        let body = "<p>12<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>1</span></p>"
        #expect(try page("", body) == ["12¹"])
        #expect(try page("", body.replacing("4.0pt", with: "0pt")) == ["121"])
    }

    @Test func `many rules asking for many elements end at a limit`() {
        let sheet = (0..<1500).map { ".a\($0 % 2) .b .c{display:none}" }.joined()
        let body = String(repeating: "<div class=b>", count: 400) + String(repeating: "<i class=c>1</i>", count: 4000)
        var limits = DocumentLimits()
        limits.markupCostMax = 10_000_000
        let text = "<style>\(sheet)</style>\(body)"
        #expect(throws: DocumentError.limitExceeded(.markupCost, maximum: 10_000_000)) {
            try Document.read(Array(text.utf8), mediaType: "text/html", limits: limits)
        }
    }
}
