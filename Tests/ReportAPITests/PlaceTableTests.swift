import Support
import Testing

@testable import ReportAPI
@testable import ReportStore

@Suite struct PlaceTableTests {
    private func path(_ number: Int) -> ArraySlice<UInt8> { Array("/reports/\(number)/2023".utf8)[...] }

    private func place(_ number: Int) -> Store.Place {
        Store.Place(id: Int64(number), version: 1, tag: UInt64(number), modifiedAt: Int64(number))
    }

    /// The points are random: what holds by luck alone fails soon.
    @Test(arguments: 0..<20) func `every path has its own report, however many there are`(round: Int) {
        var table = PlaceTable(bytesMax: 64 << 20)
        for number in 0..<20_000 { table.keep(place(number), for: table.fingerprint(of: path(number))) }
        var missing = 0
        for number in 0..<20_000 {
            let found = table[table.fingerprint(of: path(number))]
            #expect(found == nil || found?.id == Int64(number))
            if found == nil { missing += 1 }
        }
        // One that found its slots taken has taken another's.
        #expect(missing < 200)
        #expect(table[table.fingerprint(of: path(20_000))] == nil)
        #expect(table.byteCount <= 64 * 32_768)
    }

    @Test func `what was kept last for a path counts`() {
        var table = PlaceTable(bytesMax: 1 << 20)
        let empty = table.byteCount
        let path = table.fingerprint(of: path(7))
        for number in 0..<100 { table.keep(place(number), for: path) }
        #expect(table[path]?.id == 99)
        #expect(table.byteCount == empty)
    }

    @Test func `it never grows beyond its limit, and is right all the same`() {
        var table = PlaceTable(bytesMax: 20_000)
        for number in 0..<5_000 {
            let path = table.fingerprint(of: path(number))
            table.keep(place(number), for: path)
            #expect(table[path]?.id == Int64(number))
        }
        #expect(table.byteCount <= 20_000)
        for number in 0..<5_000 {
            if let found = table[table.fingerprint(of: path(number))] { #expect(found.id == Int64(number)) }
        }
    }

    @Test func `texts that differ little have different fingerprints`() {
        let key = Fingerprint.Key()
        var generator = SeededGenerator(seed: 11)
        var texts: Set<[UInt8]> = [[]]
        // Zeros at the end, every length, every single bit, parts exchanged.
        let base = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for count in 0...40 {
            texts.insert([UInt8](repeating: 0, count: count))
            texts.insert(Array(base.prefix(count)) + [UInt8](repeating: 0, count: 40 - count))
            texts.insert(Array(base[count..<64] + base[0..<count]))
        }
        for bit in 0..<512 {
            var text = base
            text[bit / 8] ^= 1 << UInt8(bit % 8)
            texts.insert(text)
        }
        let prints = texts.map { Fingerprint(of: $0.span, key) }
        #expect(Set(prints.map(\.first)).count == texts.count)
        #expect(Set(prints.map(\.second)).count == texts.count)
        #expect(prints.allSatisfy { $0 != .none })
        // Another table has another secret.
        let other = Fingerprint.Key()
        #expect(texts.filter { Fingerprint(of: $0.span, key) == Fingerprint(of: $0.span, other) }.count <= 1)
    }

    @Test func `a fingerprint is the value of a polynomial`() {
        let key = Fingerprint.Key()
        let prime = UInt128(1) << 61 - 1
        var generator = SeededGenerator(seed: 12)
        for count in 0..<60 {
            let text = generator.bytes(count)
            var words: [UInt128] = stride(from: 0, to: count - count % 7, by: 7).map { start in
                text[start..<start + 7].reversed().reduce(0) { $0 << 8 | UInt128($1) }
            }
            if count % 7 > 0 { words.append(text.suffix(count % 7).reduce(0) { $0 << 8 | UInt128($1) }) }
            for (point, value) in [(key.first, \Fingerprint.first), (key.second, \Fingerprint.second)] {
                let expected = words.reduce(UInt128(count)) { ($0 * UInt128(point) + $1) % prime }
                #expect(UInt128(Fingerprint(of: text.span, key)[keyPath: value]) == expected)
            }
        }
    }
}
