import HTTPServer
import HTTPTypes
import Reports
import Support
import Testing

@Suite struct AgencyTests {
    private let education = PercentEncoding.encode("清禾县教育局")

    /// The reports of 清禾县教育局 (1) for three years, and of 清禾县人民政府办公室 (2) for 2023.
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            for file in [
                "qinghe-education-2022.txt", "qinghe-education-2023.txt", "qinghe-education-2024.txt",
                "qinghe-office-2023.txt",
            ] { try await surface.upload(SampleReport.named(file)) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a year that a merge has moved is corrected where it stands now`(way: Way) async throws {
        try await run(way) { surface in
            // 2023 stays with each of them, since both have it.
            let merged = try await surface.send("POST", "/agencies/1/merge", json: #"{"into":"2"}"#)
            #expect(merged.status == 200)
            let again = try await surface.upload(SampleReport.named("qinghe-education-2022.txt"))
            #expect(again.status == 200, "known already")
            let corrected = try await surface.upload(SampleReport.named("qinghe-education-2022.txt").bytes + [0x0a])
            #expect(corrected.status == 201)
            #expect(try corrected.json.at("agency.id")?.integer == 2)
            #expect(try corrected.json.at("revision.number")?.integer == 2)
            #expect(try await surface.get("/reports?year=2022").json.items().count == 1)
            let kept = try await surface.upload(SampleReport.named("qinghe-education-2023.txt").bytes + [0x0a])
            #expect(try kept.json.at("agency.id")?.integer == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `what is known of an agency can be set and taken away, member by member`(way: Way) async throws {
        try await run(way) { surface in
            let before = try await surface.get("/agencies/1")
            let answer = try await surface.send(
                "PATCH", "/agencies/清禾县教育局",
                json: """
                    {"aliases": ["教育局", "县教育局"], "formerNames": ["清禾县教育委员会"], "region": "411324",
                     "level": "prefecture", "kind": "other", "successor": "清禾县人民政府办公室"}
                    """)
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json["name"]?.string == "清禾县教育局")
            #expect(Set(json.items("aliases")) == [.string("教育局"), .string("县教育局")])
            #expect(json["formerNames"] == .array([.string("清禾县教育委员会")]))
            #expect(json.at("region.code")?.string == "411324")
            #expect(json.at("region.name")?.string == "河南省南阳市镇平县")
            #expect(json["level"]?.string == "prefecture" && json["kind"]?.string == "other")
            #expect(json.at("successor.id")?.integer == 2)
            #expect(try await surface.get(try #require(json.at("successor.href")?.string)).status == 200)
            #expect(try await surface.get("/agencies/2").json.items("predecessors").map { $0["id"]?.integer } == [1])
            let get = try await surface.get("/agencies/1")
            #expect(get.body == answer.body && get["ETag"] != before["ETag"])

            let cleared = try await surface.send(
                "PATCH", "/agencies/1",
                json: #"{"aliases":[],"formerNames":[],"region":null,"level":null,"kind":null,"successor":null}"#)
            for member in ["region", "level", "kind", "successor"] {
                #expect(try cleared.json[member] == .null, "\(member)")
            }
            #expect(try cleared.json["aliases"] == .array([]) && cleared.json["formerNames"] == .array([]))
            let nothing = try await surface.send("PATCH", "/agencies/1", json: "{}")
            #expect(nothing.status == 200 && nothing.body == cleared.body)
        }
    }

    @Test(arguments: Way.allCases)
    func `a body that is wrong is told of by its member, and changes nothing`(way: Way) async throws {
        try await run(way) { surface in
            let before = try await surface.get("/agencies/1")
            for (body, member) in [
                (#"{"colour":"red"}"#, "colour"), (#"{"name":null}"#, "name"), (#"{"name":7}"#, "name"),
                (#"{"name":" "}"#, "name"), (#"{"name":".."}"#, "name"), (#"{"name":"甲\n局"}"#, "name"),
                (#"{"aliases":["甲\u0000局"]}"#, "aliases"), (#"{"name":"123"}"#, "name"),
                (#"{"aliases":"教育局"}"#, "aliases"),
                (#"{"aliases":null}"#, "aliases"), (#"{"aliases":["a",1]}"#, "aliases"),
                (#"{"aliases":[""]}"#, "aliases"),
                (#"{"formerNames":{}}"#, "formerNames"), (#"{"region":"999999"}"#, "region"),
                (#"{"region":411324}"#, "region"), (#"{"region":"4113"}"#, "region"), (#"{"level":"city"}"#, "level"),
                (#"{"kind":1}"#, "kind"), (#"{"successor":2}"#, "successor"), (#"{"kind":"other","id":9}"#, "id"),
                (#"{"name":"\#(String(repeating: "局", count: 201))"}"#, "name"),
            ] {
                let answer = try await surface.send("PATCH", "/agencies/1", json: body)
                #expect(answer.status == 422, "\(body)")
                #expect(try answer.json["type"]?.string == "/problems/invalid-body", "\(body)")
                #expect(try answer.json["member"]?.string == member, "\(body)")
            }
            for body in ["", "[]", "null", "{", "{\"name\":\"a\"} x"] {
                #expect(try await surface.send("PATCH", "/agencies/1", json: body).status == 422, "\(body)")
            }
            let text = try await surface.send(
                "PATCH", "/agencies/1", [("Content-Type", "text/plain")], body: [0x7b, 0x7d])
            #expect(text.status == 415 && text["Accept-Patch"] == "application/merge-patch+json, application/json")
            let coded = try await surface.send(
                "PATCH", "/agencies/1", [("Content-Type", "application/json"), ("Content-Encoding", "br")],
                body: Array(#"{"aliases":[]}"#.utf8))
            #expect(coded.status == 415 && coded["Accept-Encoding"] == "identity")
            #expect(try await surface.send("PATCH", "/agencies/99", json: "{}").status == 404)
            #expect(try await surface.send("PATCH", "/agencies/1", json: #"{"successor":"无名局"}"#).status == 404)
            #expect(try await surface.get("/agencies/1").body == before.body)
        }
    }

    @Test(arguments: Way.allCases)
    func `what curl --data sends without a word is read`(way: Way) async throws {
        try await run(way) { surface in
            for type in ["application/x-www-form-urlencoded", "application/merge-patch+json", ""] {
                let answer = try await surface.send(
                    "PATCH", "/agencies/1", type.isEmpty ? [] : [("Content-Type", type)],
                    body: Array(#"{"kind":"other"}"#.utf8))
                #expect(answer.status == 200, "\(type)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `the registry is changed by those alone who may upload`(way: Way) async throws {
        try await run(way) { surface in
            let requests = [
                ("PATCH", "/agencies/1", "{}"), ("POST", "/agencies/1/merge", #"{"into":"2"}"#),
                ("POST", "/reports/1/2023/findings/0/acknowledgement", #"{"reason":"a","author":"b"}"#),
                ("DELETE", "/reports/1/2023/findings/0/acknowledgement", ""),
            ]
            for (method, target, body) in requests {
                for field in [
                    ("Origin", "https://a.example"), ("Sec-Fetch-Site", "cross-site"), ("Forwarded", "for=x"),
                ] {
                    let answer = try await surface.send(method, target, json: body, [field])
                    #expect(answer.status == 403, "\(method) \(target) \(field)")
                }
                let far = PeerAddress.v4(address: 0x0a00_0001, port: 1)
                let method = try #require(HTTPRequest.Method(method))
                let answer = try await surface.direct(method, target, [], Array(body.utf8), peer: far)
                #expect(answer.status == 403, "\(method) \(target)")
            }
            #expect(try await surface.get("/agencies/1").json["successor"] == .null)
        }
    }

    @Test(arguments: Way.allCases)
    func `a name or a successor that cannot be is 409`(way: Way) async throws {
        try await run(way) { surface in
            for body in [#"{"name":"清禾县人民政府办公室"}"#, #"{"aliases":["清禾县 人民政府办公室"]}"#] {
                let answer = try await surface.send("PATCH", "/agencies/1", json: body)
                #expect(answer.status == 409, "\(body)")
                #expect(try answer.json["type"]?.string == "/problems/registry-conflict")
                #expect(try answer.json["agency"]?.integer == 2)
            }
            #expect(try await surface.send("PATCH", "/agencies/1", json: #"{"successor":"1"}"#).status == 409)
            #expect(try await surface.send("PATCH", "/agencies/1", json: #"{"successor":"2"}"#).status == 200)
            #expect(try await surface.send("PATCH", "/agencies/2", json: #"{"successor":"1"}"#).status == 409)
            #expect(try await surface.send("POST", "/agencies/2/merge", json: #"{"into":"1"}"#).status == 409)
            #expect(try await surface.send("POST", "/agencies/1/merge", json: #"{"into":"1"}"#).status == 409)
        }
    }

    @Test(arguments: Way.allCases)
    func `an alias and a number are answered at once, with the address of the report`(way: Way) async throws {
        try await run(way) { surface in
            _ = try await surface.send("PATCH", "/agencies/1", json: #"{"aliases":["县教育局"]}"#)
            let wanted = try await surface.get("/reports/\(education)/2023")
            #expect(wanted["Content-Location"] == nil)
            for name in ["县教育局", "1", "县%20教育局"] {
                let answer = try await surface.get("/reports/\(name)/2023")
                #expect(answer.status == 200 && answer.body == wanted.body && answer["ETag"] == wanted["ETag"])
                #expect(answer["Content-Location"] == "/reports/\(education)/2023")
                let again = try await surface.get("/reports/\(name)/2023", [("If-None-Match", wanted["ETag"] ?? "")])
                #expect(again.status == 304)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `an alias of several is 300 with the candidates`(way: Way) async throws {
        try await run(way) { surface in
            for id in [1, 2] {
                _ = try await surface.send("PATCH", "/agencies/\(id)", json: #"{"aliases":["县里"]}"#)
            }
            for target in ["/reports/县里/2023", "/reports/县里/2023/findings", "/agencies/县里", "/reports?agency=县里"] {
                let answer = try await surface.get(target)
                #expect(answer.status == 300, "\(target)")
                #expect(try answer.json["type"]?.string == "/problems/several-agencies")
                let candidates = try answer.json.items("candidates")
                #expect(candidates.map { $0["id"]?.integer } == [1, 2])
                for candidate in candidates {
                    let there = try await surface.get(try #require(candidate["href"]?.string))
                    #expect(try there.json["name"] == candidate["name"])
                }
            }
        }
    }
}
