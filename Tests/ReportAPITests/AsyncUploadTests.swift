import Foundation
import HTTPServer
import ReportAPI
import ReportIngest
import ReportStore
import Reports
import Support
import Testing

@Suite struct AsyncUploadTests {
    private let prefers = asLines + [("Prefer", "respond-async")]

    /// Sends lines that are worked on after the answer; gives the address of the upload.
    private func accepted(_ text: String, query: String = "", _ surface: Surface) async throws -> String {
        let answer = try await surface.send("POST", "/reports" + query, prefers, body: Array(text.utf8))
        #expect(answer.status == 202 && answer["Preference-Applied"] == "respond-async", "\(answer.text)")
        return try #require(answer["Location"])
    }

    /// The results of an upload, page by page.
    private func results(_ location: String, limit: Int, _ surface: Surface) async throws -> [JSONValue] {
        var all: [JSONValue] = []
        var next: String? = "\(location)/results?limit=\(limit)"
        while let path = next {
            let answer = try await surface.get(path)
            #expect(answer.status == 200 && answer["Link"].map { $0.hasSuffix("rel=\"next\"") } != false)
            let items = try answer.json.items()
            #expect(items.count <= limit)
            all += items
            next = try answer.json["next"]?.string
        }
        return all
    }

    @Test(arguments: Way.allCases)
    func `the answer is 202 and an address that tells how far it is and what became of each`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let location = try await accepted(lines([1, 2]) + "{\n" + lines([1, 3]), surface)
            #expect(location.hasPrefix("/uploads/"))
            let done = try await surface.ended(location)
            #expect(done["state"]?.string == "done" && done["failure"] == .null)
            #expect(done.at("bytes.done") == done.at("bytes.total") && done.at("items.done")?.integer == 5)
            #expect(done.at("items.stored")?.integer == 3 && done.at("items.unchanged")?.integer == 1)
            #expect(done.at("items.rejected")?.integer == 1)
            #expect(done.at("links.results")?.string == location + "/results")
            let all = try await results(location, limit: 2, surface)
            #expect(all.map { $0["index"]?.integer } == [0, 1, 2, 3, 4])
            #expect(
                all.compactMap { $0["status"]?.string } == ["stored", "stored", "rejected", "unchanged", "stored"])
            #expect(try await surface.reportCount() == 3)
            try await noFiles(surface)
        }
    }

    /// Waits until the files of uploads are gone: they go after the end has been noted.
    private func noFiles(_ surface: Surface) async throws {
        #expect(try await Patience.until { try surface.uploadFiles().isEmpty })
    }

    @Test(arguments: Way.allCases)
    func `a single document is answered at once whatever is preferred`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.upload(SampleReport.text, [("Prefer", "respond-async")])
            #expect(answer.status == 201)
            #expect(try surface.uploadFiles().isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `what the query and the form say holds for the work after the answer, too`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let location = try await accepted(lines([1]), query: "?reason=补录&author=李四", surface)
            _ = try await surface.ended(location)
            let stored = try await surface.get("/reports/第1号局/2023").json
            #expect(stored.at("revision.reason")?.string == "补录")
            let trial = try await accepted(lines([1, 2]), query: "?dry_run=1", surface)
            let predicted = try await surface.ended(trial)
            #expect(predicted.at("items.stored")?.integer == 1 && predicted.at("items.unchanged")?.integer == 1)
            #expect(try await surface.reportCount() == 1)
            try await noFiles(surface)
        }
    }

    @Test(arguments: Way.allCases)
    func `all or nothing after the answer tells only of what was refused`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let bad = try await accepted(lines([1, 2]) + "{\n" + lines([3]), query: "?atomic=1", surface)
            let failed = try await surface.ended(bad)
            #expect(failed["state"]?.string == "failed" && failed.at("items.stored")?.integer == 0)
            #expect(failed.at("failure.detail")?.string?.contains("none was") == true)
            #expect(try await results(bad, limit: 10, surface).map { $0["index"]?.integer } == [2])
            #expect(try await surface.reportCount() == 0)
            let good = try await accepted(lines([1, 2]), query: "?atomic=1", surface)
            #expect(try await surface.ended(good).at("items.stored")?.integer == 2)
            #expect(try await surface.reportCount() == 2)
            try await noFiles(surface)
        }
    }

    @Test(arguments: Way.allCases)
    func `an upload that breaks off has failed, and what stands before the damage is stored`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let members = try (1...3).flatMap {
                TARWriter.member("\($0).txt", try SampleReport.text.bytes(renamed: "第\($0)局"))
            }
            let answer = try await surface.send(
                "POST", "/reports", [("Content-Type", "application/x-tar"), ("Prefer", "respond-async")],
                body: members.dropLast(2000))
            let failed = try await surface.ended(try #require(answer["Location"]))
            #expect(failed["state"]?.string == "failed" && failed.at("failure.detail")?.string?.isEmpty == false)
            #expect(failed.at("items.stored")?.integer == 2)
            #expect(try await surface.reportCount() == 2)
            try await noFiles(surface)
        }
    }

    @Test(arguments: Way.allCases)
    func `a cancelled upload stores nothing more; one that has ended cannot be cancelled`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let running = try await accepted(lines(0..<2000), surface)
            let waiting = try await accepted(lines(5000..<5010), surface)
            let cancelled = try await surface.send("DELETE", waiting)
            #expect(cancelled.status == 200)
            #expect(try cancelled.json["state"]?.string == "cancelled")
            let second = try await surface.send("DELETE", running)
            #expect(second.status == 200)
            #expect(try second.json["state"]?.string == "cancelled")
            let count = try await surface.reportCount()
            #expect(count < 2000)
            await surface.service.close()
            #expect(try await surface.reportCount() == count)
            #expect(try await surface.get(running).json.at("items.stored")?.integer == count)
            #expect(try await surface.get("/reports/第5000号局/2023").status == 404)
            try await noFiles(surface)
            for location in [running, waiting] {
                let again = try await surface.send("DELETE", location)
                #expect(again.status == 409)
                #expect(try again.json["type"]?.string == "/problems/upload-ended")
            }
            let unknown = try await surface.send("DELETE", "/uploads/none")
            #expect(unknown.status == 404)
            #expect(try unknown.json["type"]?.string == "/problems/upload-not-found")
        }
    }

    @Test(arguments: Way.allCases)
    func `an upload that a stopped service left is finished by the next, each item once`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let count = 1500
            let location = try await accepted(lines(0..<count), surface)
            let next = try await accepted(lines(count..<count + 10), surface)
            // Until some are stored.
            #expect(
                try await Patience.until { try await surface.get(location).json.at("items.done")?.integer != 0 })
            await surface.service.close()
            let left = try await surface.get(location).json
            let done = try #require(left.at("items.done")?.integer)
            #expect(left["state"]?.string == "running" && (1..<count).contains(done))
            #expect(try await surface.reportCount() == done)
            #expect(try await surface.get(next).json["state"]?.string == "waiting")
            #expect(try surface.uploadFiles().count == 2)

            let second = Service(store: surface.store, settings: surface.settings)
            try await second.start()
            #expect(try await surface.ended(location)["state"]?.string == "done")
            #expect(try await surface.ended(next)["state"]?.string == "done")
            let all = try await results(location, limit: 1000, surface)
            #expect(all.map { $0["index"]?.integer } == (0..<count).map { $0 })
            #expect(all.allSatisfy { $0["status"]?.string == "stored" })
            #expect(try await surface.reportCount() == count + 10)
            try await noFiles(surface)
            await second.close()
        }
    }

    @Test func `while another process works on an upload, this one waits for it`() async throws {
        try await Surface.run(.direct) { surface in
            await surface.service.close()
            let location = try await accepted(lines(0..<20), surface)
            let path = surface.settings.uploadFolder + "/" + location.dropFirst("/uploads/".count)
            var other: Spool? = try Spool.opened(at: path)
            #expect(other?.claim() == true)
            let next = Service(store: surface.store, settings: surface.settings)
            try await next.start()
            // Its turn has come, and it does not get on.
            #expect(
                try await Patience.until { try await surface.get(location).json["state"]?.string == "running" })
            let another = try await accepted(lines([50]), surface)
            #expect(try await surface.get(location).json.at("items.done")?.integer == 0)
            other = nil
            #expect(try await surface.ended(location).at("items.stored")?.integer == 20)
            #expect(try await surface.ended(another)["state"]?.string == "done")
            await next.close()
        }
    }

    @Test(arguments: ["atomic", "dry_run"])
    func `all or nothing that is cancelled has stored nothing, or is done`(mode: String) async throws {
        try await Surface.run(.direct) { surface in
            let location = try await accepted(lines(0..<3000), query: "?\(mode)=1", surface)
            #expect(
                try await Patience.until { try await surface.get(location).json["state"]?.string != "waiting" })
            let answer = try await surface.send("DELETE", location)
            let state = try await surface.ended(location)["state"]?.string
            let count = try await surface.reportCount()
            if answer.status == 200 {
                #expect(state == "cancelled" && count == 0)
            } else {
                #expect(answer.status == 409 && state == "done" && count == (mode == "atomic" ? 3000 : 0))
            }
            await surface.service.close()
            #expect(try await surface.reportCount() == count)
            try await noFiles(surface)
        }
    }

    @Test func `all or nothing that came to nothing before a restart has failed after it`() async throws {
        try await Surface.run(.direct) { surface in
            await surface.service.close()
            let path = surface.settings.uploadFolder + "/refused"
            try Data("{\n".utf8).write(to: URL(filePath: path))
            let id = try await surface.store.createUpload(
                name: "refused", request: #"{"mediaType":"application/x-ndjson","mode":"together"}"#, file: path,
                bytes: 2, now: 1)
            #expect(try await surface.store.beginUpload(id, now: 1))
            var tally = UploadTally()
            tally.rejected = 1
            let step = UploadStep(items: [(0, Array("{}".utf8))], tally: tally, bytesDone: 2)
            _ = try await surface.store.save([], of: id, now: 1) { _ in step }
            let next = Service(store: surface.store, settings: surface.settings)
            try await next.start()
            #expect(try await surface.ended("/uploads/refused")["state"]?.string == "failed")
            await next.close()
        }
    }

    @Test(arguments: Way.allCases)
    func `results are kept for thirty days, and then a 404 says so`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let location = try await accepted(lines([1]), surface)
            _ = try await surface.ended(location)
            surface.clock.move(30 * 86_400)
            #expect(try await surface.get(location).status == 200)
            surface.clock.move(1)
            for path in [location, location + "/results"] {
                let gone = try await surface.get(path)
                #expect(gone.status == 404 && gone.text.contains("30 days"), "\(gone.text)")
            }
            // The next one takes the rows with it.
            let next = try await accepted(lines([2]), surface)
            _ = try await surface.ended(next)
            await surface.service.close()
            #expect(try surface.store.upload(named: String(location.dropFirst("/uploads/".count))) == nil)
            #expect(try await surface.reportCount() == 2)
        }
    }

    @Test func `an upload whose body is gone has failed, and says so`() async throws {
        try await Surface.run(.direct) { surface in
            _ = try await surface.store.createUpload(
                name: "gone", request: #"{"mediaType":"application/x-ndjson"}"#, file: "gone", bytes: 2, now: 1)
            let next = Service(store: surface.store, settings: surface.settings)
            try await next.start()
            let failed = try await surface.ended("/uploads/gone")
            #expect(failed.at("failure.detail")?.string?.contains("no longer there") == true)
            await next.close()
        }
    }
}
