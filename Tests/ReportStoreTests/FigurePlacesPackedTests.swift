import Reports
import Testing

@testable import ReportStore

@Suite struct FigurePlacesPackedTests {
    private let figures: [FigurePath] = [
        .request(.carriedOver, .total), .request(.newReceived, .total), .proactive(.rules, .inForce),
        .review(.direct, .total),
    ]

    private func cells() -> [PrintedCell] {
        figures.enumerated().map { number, path in
            let place = DocumentPlace(
                line: 1_000 * number, column: number == 0 ? nil : number, page: number == 1 ? 200 : nil, table: 3,
                row: number + 1, cell: 130, text: number == 2 ? "" : "\(number)件")
            return PrintedCell(path: path, place: place, value: Quantity(1))
        }
    }

    private func unpacked(_ bytes: [UInt8]) -> FigurePlaces? { FigurePlaces(packed: bytes.span) }

    @Test func `places come back as they were packed`() throws {
        let places = FigurePlaces(ofComparedIn: cells(), .form2021)
        let read = try #require(unpacked(places.packed))
        for cell in cells() { #expect(read[cell.path] == cell.place) }
        #expect(read.packed == places.packed)
        #expect(places.packed.count < 20 * figures.count)
    }

    @Test func `any bytes are read or refused`() {
        var random = SystemRandomNumberGenerator()
        let packed = FigurePlaces(cells()).packed
        for length in packed.indices { _ = unpacked(Array(packed[..<length])) }
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = unpacked(bytes)
        }
        #expect(unpacked([255, 255]) == nil)
        #expect(unpacked([])?.isEmpty == true)
    }
}
