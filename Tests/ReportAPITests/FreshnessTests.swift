import HTTPServer
import Reports
import Support
import Testing

/// What clients that poll rely on, of every resource: whoever asks again with what it was told learns of each change.
@Suite struct FreshnessTests {
    private static let report = "/reports/清禾县教育局/2023"

    private static let targets =
        [
            "", "?format=csv", "?include=cells", "/source", "/findings", "/narrative", "/revisions", "/revisions/1",
            "/diff?against=2022",
        ].map { report + $0 } + [
            report + "?as_of=2026-05-28T20:26:40Z", report + "/findings?as_of=2026-05-28T20:26:40Z", "/reports",
            "/reports?year=2023", "/agencies", "/agencies?missing=2024", "/agencies?late=2023", "/agencies/1",
            "/agencies/清禾县教育局", "/regions?name=镇平", "/regions/411300", "/changes", "/changes?since=1",
            "/reports?q=家长", "/reports?format=csv", "/reports?format=xlsx", "/reports/清禾县教育局",
            "/reports/清禾县教育局?peers=1", "/statistics?group=year", "/statistics?group=agency&format=csv",
            "/statistics?shape=form&year=2023", "/rankings?measure=requests.newReceived.total&year=2023", "/checks",
        ]

    /// What happens, one after another, some of it within one second.
    private static let steps: [@Sendable (Surface) async throws -> RawResponse] = [
        { try await $0.upload(SampleReport.named("qinghe-education-2022.txt")) },
        { try await $0.upload(SampleReport.named("qinghe-office-2023.txt")) },
        { try await $0.send("PATCH", "/agencies/1", json: #"{"aliases":["教育局"],"kind":"other"}"#) },
        { try await $0.send("PATCH", "/agencies/1", json: #"{"region":"411324"}"#) },
        { try await $0.upload(SampleReport.named("qinghe-education-2023.txt").bytes(("家长", "父母"))) },
        { try await $0.upload(SampleReport.named("qinghe-education-2022.txt").bytes + [0x0a]) },
        { try await $0.upload(SampleReport.named("qinghe-education-2023.txt").bytes) },
        { try await $0.send("DELETE", "/reports/清禾县教育局/2022") },
        { try await $0.upload(SampleReport.named("qinghe-education-2022.txt")) },
        { try await $0.send("PATCH", "/agencies/1", json: #"{"region":null}"#) },
        { try await $0.upload(SampleReport.text.bytes(("清禾县人民政府办公室", "镇平县财政局"), ("1月23日", "6月1日"))) },
    ]

    @Test(arguments: Way.allCases, [0, 60])
    func `tags and dates tell of every change of the bytes`(way: Way, seconds: Int64) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            var last: [String: RawResponse] = [:]
            for (number, step) in Self.steps.enumerated() {
                for target in Self.targets {
                    last[target] = try await expectFresh(surface, target, last[target], number)
                }
                surface.clock.move(seconds)
                #expect([200, 201].contains(try await step(surface).status), "\(number)")
            }
            for target in Self.targets { _ = try await expectFresh(surface, target, last[target], 99) }
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `what is made of many reports is as new as the last write, and is not sent again to who knows that`(
        way: Way
    ) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            surface.clock.move(60)
            let targets = [
                "/reports", "/reports?format=csv", "/agencies", "/regions", "/changes", "/statistics?group=year",
                "/statistics?shape=form&year=2023", "/rankings?measure=requests.newReceived.total",
                "/reports/清禾县教育局", Self.report + "/findings",
            ]
            var dates: [String: String] = [:]
            for target in targets {
                let date = try #require(try await surface.get(target)["Last-Modified"], "\(target)")
                #expect(try await surface.get(target, [("If-Modified-Since", date)]).status == 304, "\(target)")
                dates[target] = date
            }
            try await surface.upload(SampleReport.text)
            surface.clock.move(60)
            for target in targets {
                let since = [("If-Modified-Since", dates[target] ?? "")]
                #expect(try await surface.get(target, since).status == 200, "\(target)")
            }
        }
    }

    private func expectFresh(
        _ surface: Surface, _ target: String, _ last: RawResponse?, _ step: Int
    ) async throws -> RawResponse? {
        let comment = Comment("\(target) before step \(step)")
        let answer = try await surface.get(target)
        guard answer.status == 200 else {
            #expect([404, 410].contains(answer.status) && answer["ETag"] == nil, comment)
            return last
        }
        let tag = try #require(answer["ETag"], comment)
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""), comment)
        #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 304, comment)
        guard let last, let lastTag = last["ETag"] else { return answer }
        let isSame = last.body == answer.body
        #expect((lastTag == tag) == isSame, comment)
        let again = try await surface.get(target, [("If-None-Match", lastTag)])
        #expect(again.status == (isSame ? 304 : 200), comment)
        if let date = last["Last-Modified"], !isSame {
            #expect(try await surface.get(target, [("If-Modified-Since", date)]).status == 200, comment)
        }
        return answer
    }

    @Test(arguments: Way.allCases)
    func `an earlier revision that another report changed while it was the current one is news`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.named("qinghe-education-2023.txt")
            try await surface.upload(sample)
            let first = try await surface.get(Self.report + "/revisions/1")
            surface.clock.move(60)
            try await surface.upload(SampleReport.named("qinghe-education-2022.txt"))
            surface.clock.move(60)
            try await surface.upload(try sample.bytes + [0x0a])
            let since = [("If-Modified-Since", try #require(first["Last-Modified"]))]
            let again = try await surface.get(Self.report + "/revisions/1", since)
            #expect(again.status == 200 && again.body != first.body)
        }
    }
}
