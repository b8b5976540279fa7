import HTTPServer
import Reports
import Support
import Testing

@Suite struct RegionTests {
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    /// Uploads a report of an agency of this name; gives the answer.
    @discardableResult
    private func upload(_ surface: Surface, _ name: String, _ query: String = "") async throws -> RawResponse {
        try await surface.upload(try SampleReport.text.bytes(renamed: name), query: query)
    }

    @Test(arguments: Way.allCases)
    func `an agency stands in the division that its name begins with`(way: Way) async throws {
        try await run(way) { surface in
            let answer = try await upload(surface, "镇平县教育局")
            #expect(answer.status == 201)
            let path = try #require(answer["Location"])
            let list = try await surface.get("/reports").json.items()
            let agencies = try await surface.get("/agencies").json.items()
            for region in [
                try answer.json.at("agency.region"), try await surface.get(path).json.at("agency.region"),
                list.first?.at("agency.region"), agencies.first?["region"],
                try await surface.get("/agencies/镇平县教育局").json["region"],
            ] {
                #expect(region?.at("code")?.string == "411324")
                #expect(region?.at("name")?.string == "河南省南阳市镇平县")
            }
            #expect(agencies.first?["level"]?.string == "county" && agencies.first?["kind"]?.string == "department")
            #expect(try await surface.findings(path, "identity.region").isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency whose name does not say is placed by the upload, and never by guess`(way: Way) async throws {
        try await run(way) { surface in
            let none = try await upload(surface, "清禾县教育局")
            #expect(try none.json.at("agency.region") == .null)
            let told = try await upload(surface, "清禾县卫生局", "?region=411300")
            #expect(try told.json.at("agency.region.code")?.string == "411300")
            #expect(try await surface.findings("/reports/清禾县卫生局/2023", "identity.region").isEmpty)
            // Later uploads may say it of an agency that is known.
            let bytes = try SampleReport.text.bytes(renamed: "清禾县教育局") + [0x0a]
            let later = try await surface.upload(bytes, query: "?region=411324")
            #expect(try later.json.at("agency.region.code")?.string == "411324")
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency of the same name in another division is not corrected by its report`(way: Way) async throws {
        try await run(way) { surface in
            #expect(try await upload(surface, "朝阳区教育局", "?region=110105").status == 201)
            let other = try SampleReport.text.bytes(renamed: "朝阳区教育局") + [0x0a]
            let refused = try await surface.upload(other, query: "?region=220104")
            #expect(refused.status == 409 && refused.text.contains("identity-conflict"))
            #expect(try refused.json["region"]?.string == "110105")
            let line =
                #"{"agency": {"name": "朝阳区教育局", "region": {"code": "220104"}}, "year": 2023, "form": "2021"}"#
            let many = try await surface.send("POST", "/reports", asLines, body: Array(line.utf8)).json
            #expect(many["rejected"]?.integer == 1)
            let revisions = try await surface.get("/reports/朝阳区教育局/2023/revisions").json.items()
            #expect(revisions.count == 1)
            // A larger division is no contradiction, nor is a name that tells them apart.
            #expect(try await surface.upload(other, query: "?region=110000").status == 201)
            let named = try await surface.upload(other, query: "?agency=长春市朝阳区教育局&region=220104")
            #expect(named.status == 201)
            #expect(try await surface.get("/agencies").json.items().count == 2)
        }
    }

    /// A report that is signed, or tells who compiled it, with the whole name of its agency.
    @Test(arguments: Way.allCases)
    func `what the document itself says of its division counts like the word of the upload`(way: Way) async throws {
        try await run(way) { surface in
            #expect(try await upload(surface, "鼓楼区审计局", "?region=320106").status == 201)
            let text = String(decoding: try SampleReport.text.bytes(renamed: "鼓楼区审计局"), as: UTF8.self)
            let signed = Array((text + "\n福建省福州市鼓楼区审计局\n2024年1月15日\n").utf8)
            for query in ["", "?region=320106"] {
                let refused = try await surface.upload(signed, query: query)
                #expect(refused.status == 409 && refused.text.contains("350102"), "\(query)")
            }
            let named = try await surface.upload(signed, query: "?agency=福州市鼓楼区审计局")
            #expect(named.status == 201)
            #expect(try named.json.at("agency.region.code")?.string == "350102")
            // What says nothing is taken, and may be of another agency.
            #expect(try await surface.upload(Array((text + "\n\n").utf8)).status == 201)
            let finding = try #require(
                try await surface.findings("/reports/鼓楼区审计局/2023", "identity.region").first)
            #expect(finding["state"]?.string == "uncertain")
            #expect(finding["message"]?.string?.contains("350102 福建省福州市鼓楼区") == true)
        }
    }

    @Test(arguments: Way.allCases)
    func `lists and series name a division as the report of that year does`(way: Way) async throws {
        try await run(way) { surface in
            let name = "邢台市桥东区财政局"
            let bytes = try SampleReport.text.bytes(("清禾县人民政府办公室", name), ("2023年", "2015年"))
            let answer = try await surface.upload(bytes)
            let expected = try #require(answer.json.at("agency.region.name")?.string)
            #expect(expected.hasSuffix("桥东区"))
            let list = try await surface.get("/reports?sort=agency.region.name").json.items().first
            #expect(list?.at("agency.region.name")?.string == expected)
            #expect(try await surface.get("/reports?format=csv").text.contains(expected))
            #expect(try await surface.get("/reports/\(name)").json.at("agency.region.name")?.string == expected)
            let now = try await surface.get("/agencies/\(name)").json.at("region.name")?.string
            #expect(now?.hasSuffix("襄都区") == true, "the entry names it as it is called now")
        }
    }

    @Test(arguments: Way.allCases)
    func `a larger division that has several of the name does not say which`(way: Way) async throws {
        try await run(way) { surface in
            let answer = try await upload(surface, "鼓楼区审计局", "?region=320000")
            #expect(try answer.status == 201 && answer.json.at("agency.region") == .null)
            let finding = try #require(
                try await surface.findings("/reports/鼓楼区审计局/2023", "identity.region").first)
            #expect(finding["message"]?.string?.contains("320106") == true)
        }
    }

    @Test(arguments: Way.allCases)
    func `a name that several divisions share is a finding with the candidates`(way: Way) async throws {
        try await run(way) { surface in
            let answer = try await upload(surface, "朝阳区教育局")
            #expect(try answer.json.at("agency.region") == .null)
            let path = "/reports/朝阳区教育局/2023"
            let finding = try #require(try await surface.findings(path, "identity.region").first)
            #expect(finding["state"]?.string == "uncertain")
            let message = try #require(finding["message"]?.string)
            #expect(message.contains("110105 北京市朝阳区") && message.contains("220104 吉林省长春市朝阳区"))
            let candidates = try await surface.get("/agencies/朝阳区教育局").json.items("regionCandidates")
            #expect(candidates.map { $0["code"]?.string } == ["110105", "220104"])
            #expect(candidates.map { $0["name"]?.string } == ["北京市朝阳区", "吉林省长春市朝阳区"])

            let before = try await surface.get(path)
            let edit = try await surface.send("PATCH", "/agencies/朝阳区教育局", json: #"{"region":"220104"}"#)
            #expect(try edit.json["regionCandidates"] == .array([]))
            let after = try await surface.get(path)
            #expect(after["ETag"] != before["ETag"])
            #expect(try after.json.at("agency.region.name")?.string == "吉林省长春市朝阳区")
            #expect(try await surface.findings(path, "identity.region").isEmpty)

            // One of them, once the upload says which half of the country.
            let told = try await upload(surface, "朝阳区卫生局", "?region=110000")
            #expect(try told.json.at("agency.region.code")?.string == "110105")
        }
    }

    @Test(arguments: Way.allCases)
    func `a report document places its agency, and goes before the upload`(way: Way) async throws {
        func post(_ surface: Surface, _ name: String, _ code: String, _ query: String = "") async throws -> RawResponse
        {
            let json = #"{"agency":{"name":"\#(name)","region":{"code":"\#(code)"}},"year":2023,"form":"2021"}"#
            return try await surface.send("POST", "/reports" + query, json: json)
        }
        try await run(way) { surface in
            let placed = try await post(surface, "清禾县教育局", "411300")
            #expect(try placed.json.at("agency.region.code")?.string == "411300")
            #expect(try await surface.findings("/reports/清禾县教育局/2023", "identity.region").isEmpty)
            let both = try await post(surface, "清禾县卫生局", "411300", "?region=220000")
            #expect(try both.json.at("agency.region.code")?.string == "411300")
            let finding = try #require(
                try await surface.findings("/reports/清禾县卫生局/2023", "identity.region").first)
            #expect(finding["message"]?.string == "the document says 411300 河南省南阳市, the upload says 220000")
            // The name is the agency's own word.
            let named = try await post(surface, "镇平县教育局", "220104")
            #expect(try named.json.at("agency.region.code")?.string == "411324")
            #expect(try await surface.findings("/reports/镇平县教育局/2023", "identity.region").count == 1)
            let none = try await post(surface, "清禾县林业局", "999999")
            #expect(try none.json.at("agency.region") == .null)
            #expect(try await surface.findings("/reports/清禾县林业局/2023", "identity.region").count == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `an opening that writes the division before the name places the agency`(way: Way) async throws {
        try await run(way) { surface in
            let bytes = try SampleReport.text.bytes(renamed: "柳泉镇人民政府")
            let text = String(decoding: bytes, as: UTF8.self)
            let line = try #require(text.firstIndex(of: "\n"))
            let opening = "\n本报告由河南省镇平县柳泉镇人民政府编制，向社会公布。\n"
            let answer = try await surface.upload(Array((text[..<line] + opening + text[line...]).utf8))
            #expect(try answer.json.at("agency.name")?.string == "柳泉镇人民政府")
            #expect(try answer.json.at("agency.region.code")?.string == "411324")
        }
    }

    @Test(arguments: Way.allCases)
    func `a division that the name contradicts is a finding, one that is none is 400`(way: Way) async throws {
        try await run(way) { surface in
            let answer = try await upload(surface, "镇平县教育局", "?region=110105")
            #expect(try answer.json.at("agency.region.code")?.string == "411324")
            let finding = try #require(
                try await surface.findings("/reports/镇平县教育局/2023", "identity.region").first)
            #expect(finding["message"]?.string?.contains("411324 河南省南阳市镇平县") == true)
            #expect(finding["message"]?.string?.contains("110105") == true)
            for code in ["999999", "4113", "", "x", "41132 4", "河南省"] {
                let query = "?region=" + PercentEncoding.encode(code)
                for target in ["/reports", "/check"] {
                    let wrong = try await surface.send("POST", target + query, body: try SampleReport.text.bytes)
                    #expect(wrong.status == 400, "\(target) \(code)")
                    #expect(try wrong.json["parameter"]?.string == "region")
                }
            }
            #expect(try await surface.store.reportCount(.init()) == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `divisions are listed by their codes, filtered, paged and counted`(way: Way) async throws {
        try await run(way) { surface in
            let provinces = try await surface.get("/regions?level=province&count=exact").json
            #expect(provinces["count"]?.integer == 34 && provinces.items().first?["code"]?.string == "110000")
            let named = try await surface.get("/regions?name=朝阳区").json.items()
            #expect(named.map { $0["code"]?.string } == ["110105", "220104"])
            let below = try await surface.get("/regions?parent=410000&level=prefecture").json.items()
            #expect(
                below.contains { $0["code"]?.string == "411300" }
                    && below.allSatisfy { $0["parent"]?.string == "410000" })
            // 市辖区 is a code and no division: the districts stand below the city.
            let districts = try await surface.get("/regions?parent=110000").json.items()
            #expect(districts.contains { $0["name"]?.string == "朝阳区" })
            let shown = try await surface.get("/regions/110000").json.items("children")
            #expect(districts.map { $0["code"] } == shown.map { $0["code"] })
            let old = try await surface.get("/regions?name=崇文区").json.items()
            #expect(old.isEmpty)
            let abolished = try await surface.get("/regions?name=崇文区&in_force=0").json.items().first
            #expect(abolished?["validUntil"]?.integer == 2010 && abolished?["successor"]?.string == "110101")

            var seen: [String] = []
            var next: String? = "/regions?parent=410000&limit=7&count=exact"
            var count: Int?
            while let path = next {
                let page = try await surface.get(path).json
                seen += page.items().compactMap { $0["code"]?.string }
                next = page["next"]?.string
                count = page["count"]?.integer
            }
            #expect(seen.count == count && Set(seen).count == seen.count && seen == seen.sorted())
            for (query, status) in [
                ("level=city", 400), ("in_force=2", 400), ("parent=x", 400), ("parent=990000", 404), ("code=1", 400),
            ] {
                #expect(try await surface.get("/regions?\(query)").status == status, "\(query)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a division counts what is stored of it and of those below`(way: Way) async throws {
        try await run(way) { surface in
            try await upload(surface, "镇平县教育局")
            try await surface.upload(
                try SampleReport.named("qinghe-office-2022.txt").bytes(("清禾县人民政府办公室", "镇平县教育局")))
            try await upload(surface, "南阳市教育局")
            let before = try await surface.get("/regions/411300")
            for (code, agencies, reports) in [
                ("410000", 2, 3), ("411300", 2, 3), ("411324", 1, 2), ("110000", 0, 0),
            ] {
                let region = try await surface.get("/regions/\(code)").json
                #expect(region["agencies"]?.integer == agencies && region["reports"]?.integer == reports, "\(code)")
            }
            let city = try await surface.get("/regions/411300").json
            #expect(city["fullName"]?.string == "河南省南阳市" && city["level"]?.string == "prefecture")
            let county = try #require(city.items("children").first { $0["code"]?.string == "411324" })
            #expect(county["reports"]?.integer == 2 && county["agencies"]?.integer == 1)
            #expect(try await surface.get(try #require(county["href"]?.string)).status == 200)
            // The filter takes a code, or what codes begin with.
            for (region, expected) in [("411300", 2), ("4113", 2), ("41", 2), ("411324", 1), ("110000", 0)] {
                let list = try await surface.get("/agencies?region=\(region)").json.items()
                #expect(list.count == expected, "\(region)")
            }
            for region in ["4", "4113001", "x", ""] {
                #expect(try await surface.get("/agencies?region=\(region)").status == 400, "\(region)")
            }
            _ = try await surface.send("DELETE", "/reports/镇平县教育局/2022")
            let after = try await surface.get("/regions/411300")
            #expect(after["ETag"] != before["ETag"])
            #expect(try after.json["reports"]?.integer == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `a code that is none is 404`(way: Way) async throws {
        try await run(way) { surface in
            for code in ["999999", "41", "朝阳区", "0"] {
                let answer = try await surface.get("/regions/\(code)")
                #expect(answer.status == 404, "\(code)")
                #expect(try answer.json["type"]?.string == "/problems/region-not-found")
            }
        }
    }
}
