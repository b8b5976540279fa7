import Codecs
import Foundation
import Support
import Testing

@testable import ReportAPI

@Suite struct DocumentationPageTests {
    /// What every page promises: nothing from elsewhere, no script, one style that the policy names.
    private func expectPage(_ answer: RawResponse, _ language: String) throws {
        #expect(answer.status == 200 && answer["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer["Content-Language"] == language)
        #expect(answer.text.hasPrefix("<!doctype html>\n<html lang=\"\(language)\">"))
        for word in [
            "<script", "<link", "<img", "<iframe", "@import", "url(", " style=", "javascript:", " src=", " on",
        ] {
            let isFound = word == " on" ? answer.text.contains(/<[^>]* on\w+=/) : answer.text.contains(word)
            #expect(!isFound, "\(word)")
        }
        for link in answer.text.matches(of: /href="([^"]*)"/) {
            #expect(link.output.1.hasPrefix("/") || link.output.1.hasPrefix("#"), "\(link.output.1)")
        }
        let style = try #require(answer.text.firstMatch(of: /<style>((?s).*?)<\/style>/)).output.1
        let digest = Data(Digest(of: Array(style.utf8)).bytes).base64EncodedString()
        #expect(
            answer["Content-Security-Policy"]?.hasPrefix("default-src 'none'; style-src 'sha256-\(digest)';") == true)
        #expect(answer.text.contains("prefers-color-scheme: dark") && answer.text.contains("width=device-width"))
    }

    @Test(arguments: Way.allCases)
    func `the page shows every route, problem and shape`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.get("/docs", [("Accept", "text/html,*/*;q=0.8")])
            try expectPage(answer, "en")
            for entry in Route.table {
                #expect(answer.text.contains("id=\"\(entry.route.operation.name)\""))
                #expect(answer.text.contains("</span> \(entry.template)</code>"), "\(entry.template)")
                for parameter in entry.route.operation.query {
                    #expect(answer.text.contains("<code>\(parameter.name)</code>"))
                    let example = parameter.example.map { HTMLText.escaped(parameter.query($0)) }
                    #expect(example.map { answer.text.contains("<code>\($0)</code>") } ?? true, "\(parameter.name)")
                }
            }
            for code in Problem.Code.allCases { #expect(answer.text.contains(">\(code.rawValue)</a>")) }
            for component in Component.allCases { #expect(answer.text.contains("id=\"\(component.rawValue)\"")) }
            for link in answer.text.matches(of: /href="#([^"]*)"/) {
                #expect(answer.text.contains("id=\"\(link.output.1)\""), "\(link.output.1)")
            }
            for words in ["本年新收政府信息公开申请数量", "现行有效件数", "结果纠正", "接受培训人员数", "公开率"] {
                #expect(answer.text.contains(words), "\(words)")
            }
            let refused = try await surface.get("/docs", [("Accept", "application/json")])
            #expect(refused.status == 406)
        }
    }

    @Test(arguments: Way.allCases)
    func `a browser gets a page for a problem, in its language`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let code = Problem.Code.reportWithdrawn
            let html = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            // Twice: an answer that was kept for programs is none for browsers.
            for _ in 0..<3 {
                let english = try await surface.get(code.path, [html])
                try expectPage(english, "en")
                #expect(english.text.contains(code.title.english) && english.text.contains("<h1>"))
                let chinese = try await surface.get(code.path, [html, ("Accept-Language", "zh-CN,zh;q=0.9")])
                try expectPage(chinese, "zh")
                #expect(chinese.text.contains(code.title.chinese) && !chinese.text.contains(code.title.english))
                #expect(chinese["ETag"] != english["ETag"])
                #expect(chinese["Vary"] == "Accept, Accept-Encoding, Accept-Language")
                for fields in [[], [("Accept", "*/*")], [("Accept", "application/json")]] {
                    let json = try await surface.get(code.path, fields)
                    #expect(json["Content-Type"] == "application/json")
                    #expect(try json.json["type"]?.string == code.path)
                }
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5, 32])
    func `Base64 is that of the standard`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 73 + 190) }
        #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
    }

    @Test func `a description cannot break out of the page`() {
        #expect(HTMLText.inline("a < `b & \"c\"` > d") == "a &lt; <code>b &amp; &quot;c&quot;</code> &gt; d")
    }
}
