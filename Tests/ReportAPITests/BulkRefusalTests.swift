import Support
import Testing

/// Uploads of many that are refused as a whole.
@Suite struct BulkRefusalTests {
    @Test(arguments: Way.allCases)
    func `a form may not contradict the query`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let fields = [("Content-Type", "multipart/form-data; boundary=XYZ")]
            let pairs = [
                ("reason", "补录", "更正"), ("author", "甲", "乙"), ("year", "2022", "2021"),
                ("scope", "own", "consolidated"),
                ("agency", "无名局", "另一局"), ("published", "2023-01-02", "2023-01-03"),
            ]
            for (name, inQuery, inForm) in pairs {
                let file = try namelessTables
                let target = "/reports?dry_run=1&\(name)=\(inQuery)"
                let wrong = try await surface.send("POST", target, fields, body: form([(name, inForm)], file))
                #expect(try wrong.status == 400 && wrong.json["parameter"]?.string == name, "\(wrong.text)")
                let same = try await surface.send("POST", target, fields, body: form([(name, inQuery)], file))
                #expect(same.status == 200, "\(same.text)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a form says each thing once`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let fields = [("Content-Type", "multipart/form-data; boundary=XYZ")]
            let body = form(
                [("reason", "甲"), ("reason", "乙")], String(decoding: try SampleReport.text.bytes, as: UTF8.self))
            let twice = try await surface.send("POST", "/reports", fields, body: body)
            #expect(try twice.status == 400 && twice.json["parameter"]?.string == "reason", "\(twice.text)")
            #expect(try await surface.reportCount() == 0)
        }
    }

    @Test(arguments: Way.allCases, ["", "?dry_run=1", "?atomic=1"])
    func `an upload without anything in it is refused`(way: Way, query: String) async throws {
        try await Surface.run(way) { surface in
            let asForm = [("Content-Type", "multipart/form-data; boundary=XYZ")]
            let field = "--XYZ\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\n补录\r\n--XYZ--\r\n"
            let nothing: [([(String, String)], [UInt8])] = [
                (asLines, Array(" \n\r\n\n".utf8)), ([], zip([])), ([], zip([("__MACOSX/a.txt", [0x41])])),
                (asForm, Array(field.utf8)),
            ]
            for (fields, body) in nothing {
                let answer = try await surface.send("POST", "/reports" + query, fields, body: body)
                #expect(answer.status == 422, "\(answer.text)")
                #expect(try answer.json["type"]?.string == "/problems/empty-body")
                let accepted = try await surface.send(
                    "POST", "/reports" + query, fields + [("Prefer", "respond-async")], body: body)
                let ended = try await surface.ended(try #require(accepted["Location"]))
                #expect(ended["state"]?.string == "failed" && ended["failure"] != .null)
            }
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `an archive that is encrypted throughout is refused, one in part is not`(way: Way) async throws {
        try await Surface.run(way) { surface in
            var writer = ZIPWriter()
            writer.add(Array("a.txt".utf8), [1, 2, 3], .init(flags: 0x801))
            var mixed = writer
            let answer = try await surface.send("POST", "/reports", body: writer.finished())
            #expect(answer.status == 422, "\(answer.text)")
            let problem = try answer.json
            #expect(problem["type"]?.string == "/problems/document-unreadable" && problem["item"]?.string == "a.txt")
            #expect(problem.items().count == 1 && problem["rejected"]?.integer == 1)
            mixed.add(Array("b.txt".utf8), try SampleReport.text.bytes)
            let partly = try await surface.send("POST", "/reports", body: mixed.finished())
            #expect(
                try partly.status == 200 && partly.json["stored"]?.integer == 1 && partly.json["rejected"]?.integer == 1
            )
        }
    }
}
