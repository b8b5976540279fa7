/// Sets the words of a page level that was scanned askew: its text layer stands as the paper lay.
enum PDFTilt {
    /// The words, turned back where their lines plainly rise or fall. O(words × log words).
    static func removed(from words: [PDFText]) -> [PDFText] {
        guard (wordsMin...wordsMax).contains(words.count) else { return words }
        let places = words.map { (x: $0.centerX, y: $0.centerY) }
        let tolerance = 0.12 * words.map(\.em).sorted()[words.count / 2]
        let level = pairs(places, slope: 0, tolerance)
        let coarse = best(stride(from: -0.035, through: 0.035, by: 0.0035), places, tolerance)
        let fine = best(
            stride(from: coarse.slope - 0.003, through: coarse.slope + 0.003, by: 0.0005), places, tolerance)
        // On a level page other slopes find fewer: what finds a few more is chance.
        guard abs(fine.slope) > slopeMin, fine.pairs > pairsMin, Double(fine.pairs) > 1.25 * Double(level) else {
            return words
        }
        let middle = (x: words.map(\.x1).max().map { $0 / 2 } ?? 0, y: words.map(\.y1).max().map { $0 / 2 } ?? 0)
        return words.map { word in
            let right = fine.slope * (word.centerY - middle.y)
            let down = -fine.slope * (word.centerX - middle.x)
            var word = word
            (word.x0, word.x1) = (word.x0 + right, word.x1 + right)
            (word.y0, word.y1) = (word.y0 + down, word.y1 + down)
            return word
        }
    }

    /// A page of fewer words has no lines to go by, one of more is no form.
    private static let wordsMin = 20
    private static let wordsMax = 6000
    /// A tilt of less, a tenth of a degree, moves nothing to another row.
    private static let slopeMin = 0.0018
    private static let pairsMin = 20
    /// How many words below each other are looked at.
    private static let nearMax = 40

    /// The slope at which most words stand at one height.
    private static func best(
        _ slopes: StrideThrough<Double>, _ places: [(x: Double, y: Double)], _ tolerance: Double
    ) -> (slope: Double, pairs: Int) {
        var best = (slope: 0.0, pairs: -1)
        for slope in slopes {
            let pairs = pairs(places, slope: slope, tolerance)
            if pairs > best.pairs { best = (slope, pairs) }
        }
        return best
    }

    /// How many pairs of words stand at one height when lines have a slope; those near each other do at any.
    private static func pairs(_ places: [(x: Double, y: Double)], slope: Double, _ tolerance: Double) -> Int {
        let turned = places.map { (x: $0.x, y: $0.y - slope * $0.x) }.sorted { $0.y < $1.y }
        var count = 0
        for (index, place) in turned.enumerated() {
            for other in turned[(index + 1)...].prefix(nearMax) {
                guard other.y - place.y < tolerance else { break }
                if abs(other.x - place.x) > 60 { count += 1 }
            }
        }
        return count
    }
}
