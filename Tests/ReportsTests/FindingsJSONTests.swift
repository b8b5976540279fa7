import Reports
import Support
import Testing

@Suite struct FindingsJSONTests {
    private let seen = Acknowledgement(at: 1_769_846_400, author: "张\"三\"", reason: "自然失效\n16 件")

    private func json(_ findings: [Finding]) -> [UInt8] {
        var json = JSONWriter()
        CanonicalJSON.write(findings, to: &json)
        return json.bytes
    }

    private let findings = [
        Finding(.formTables, message: "a"),
        Finding(
            .balance, message: #"","fingerprint":"0000000000000000","acknowledged":null"#,
            places: [DocumentPlace(line: 1, text: #""acknowledged":null,"fingerprint":""#)]),
        Finding(.formSections, message: "\\"),
    ]

    @Test(arguments: 0..<3)
    func `an acknowledgement stands at its finding alone`(index: Int) throws {
        let whole = json(findings)
        let with = FindingsJSON.withAcknowledgements(whole, [findings[index].fingerprint: seen])
        guard case .array(let items) = try JSONValue(with), case .array(let before) = try JSONValue(whole) else {
            Issue.record("no array")
            return
        }
        for (at, item) in items.enumerated() {
            #expect(item["message"] == before[at]["message"])
            #expect(item["places"] == before[at]["places"])
            guard at == index else {
                #expect(item == before[at])
                continue
            }
            #expect(item["acknowledged"]?["at"]?.string == "2026-01-31T08:00:00Z")
            #expect(item["acknowledged"]?["author"]?.string == seen.author)
            #expect(item["acknowledged"]?["reason"]?.string == seen.reason)
        }
    }

    @Test func `the members of an acknowledgement stand in the order of the API`() {
        let with = FindingsJSON.withAcknowledgements(json([findings[0]]), [findings[0].fingerprint: seen]).text
        #expect(
            with.hasSuffix(
                #""acknowledged":{"at":"2026-01-31T08:00:00Z","author":"张\"三\"","reason":"自然失效\n16 件"}}]"#))
    }

    @Test func `nothing that matches changes nothing`() {
        let whole = json(findings)
        #expect(FindingsJSON.withAcknowledgements(whole, [:]) == whole)
        #expect(FindingsJSON.withAcknowledgements(whole, ["0000000000000000": seen, "": seen]) == whole)
        #expect(FindingsJSON.withAcknowledgements([], [findings[0].fingerprint: seen]).isEmpty)
    }

    @Test func `all of them at once, and a finding twice`() throws {
        let twice = findings + findings
        let all = Dictionary(uniqueKeysWithValues: findings.map { ($0.fingerprint, seen) })
        let with = FindingsJSON.withAcknowledgements(json(twice), all)
        guard case .array(let items) = try JSONValue(with) else {
            Issue.record("no array")
            return
        }
        #expect(items.count == 6)
        #expect(items.allSatisfy { $0["acknowledged"]?["author"]?.string == seen.author })
    }

    @Test func `two arrays become one`() {
        let pairs: [([Finding], [Finding])] = [
            ([], []), ([], findings), (findings, []), (findings, [findings[0]]),
        ]
        for (first, second) in pairs {
            #expect(FindingsJSON.concatenate(json(first), json(second)) == json(first + second))
        }
    }

    @Test func `no bytes are a crash`() {
        var random = SeededGenerator(seed: 5)
        let whole = json(findings)
        let all = Dictionary(uniqueKeysWithValues: findings.map { ($0.fingerprint, seen) })
        for round in 0..<300 {
            var damaged = whole
            for _ in 0..<3 { damaged[Int.random(in: damaged.indices, using: &random)] = random.bytes(1)[0] }
            let cut = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            let noise = random.bytes(round % 40)
            for bytes in [damaged, cut, noise] {
                _ = FindingsJSON.withAcknowledgements(bytes, all)
                _ = FindingsJSON.concatenate(bytes, whole)
                _ = FindingsJSON.concatenate(noise, bytes)
            }
        }
        #expect(FindingsJSON.concatenate([], Array("null".utf8)).text == "[]")
        #expect(FindingsJSON.concatenate(Array("[".utf8), Array("[1]".utf8)).text == "[1]")
    }
}
