/// The names of all regions as a tree of characters: what a text begins with is found in one walk.
struct RegionNames: Sendable {
    /// How much of the official name stands there.
    enum Form: Sendable, Hashable {
        /// All of it: 河南省, 恩施土家族苗族自治州.
        case full
        /// What everyone writes in its place: 河南, 恩施州.
        case short
        /// Without 市, 县, 区: 南阳. Several divisions often share one, so it counts only in names of central agencies'
        /// branches, which are built with it: 国家统计局南阳调查队.
        case stem
    }

    /// A region's name that a text begins with.
    struct Match {
        /// The region's place in the directory.
        let region: Int
        /// How it is written.
        let form: Form
        /// The text behind the name.
        let rest: ArraySlice<Unicode.Scalar>
    }

    private struct Edge: Hashable {
        let node: Int
        let scalar: Unicode.Scalar
    }

    private var edges: [Edge: Int] = [:]
    private var entries: [[(region: Int, form: Form)]] = [[]]

    init(_ regions: [Region]) {
        for (index, region) in regions.enumerated() where !region.isFiller {
            insert(region.name, index, .full)
            let short = region.shortName
            if let short { insert(short, index, .short) }
            if let stem = region.stem, stem != short { insert(stem, index, .stem) }
        }
    }

    /// The names that a text begins with, shortest first. O(the longest name).
    func matches(in text: ArraySlice<Unicode.Scalar>) -> [Match] {
        var found: [Match] = []
        var node = 0
        var rest = text
        while let scalar = rest.first, let next = edges[Edge(node: node, scalar: scalar)] {
            rest = rest.dropFirst()
            node = next
            found += entries[node].map { Match(region: $0.region, form: $0.form, rest: rest) }
        }
        return found
    }

    private mutating func insert(_ name: String, _ region: Int, _ form: Form) {
        var node = 0
        for scalar in name.unicodeScalars {
            let edge = Edge(node: node, scalar: scalar)
            if let next = edges[edge] {
                node = next
            } else {
                entries.append([])
                node = entries.count - 1
                edges[edge] = node
            }
        }
        entries[node].append((region, form))
    }
}

extension Region {
    /// What is written in the full name's place without doubt: 河南, 内蒙古, 恩施州, 酉阳县; nil when there is nothing.
    var shortName: String? {
        if level == .province { return stem }
        let kinds = ["自治州": "州", "自治县": "县", "自治旗": "旗"]
        guard name.count > 3, let kind = kinds[String(name.suffix(3))] else { return nil }
        let place = name.dropLast(3).droppingPeoples
        return place.count < 2 || place.count == name.count - 3 ? nil : place + kind
    }

    /// The name without its kind: 南阳 of 南阳市; nil when that is one character or nothing is left out.
    var stem: String? {
        let kinds =
            level == .province
            ? ["特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"]
            : ["自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "市", "县", "区", "旗", "盟"]
        guard let kind = kinds.first(where: { name.hasSuffix($0) }) else { return nil }
        // 内蒙古 has its people in front.
        let rest = level == .province ? name.dropLast(kind.count) : name.dropLast(kind.count).droppingPeoples
        return rest.count < 2 ? nil : String(rest)
    }
}

extension Substring {
    /// A place's name without the peoples (民族) that an autonomous division names behind it: 恩施 of 恩施土家族苗族.
    fileprivate var droppingPeoples: Substring {
        var rest = self
        // Characters are compared a hundred times slower than bytes, and thousands of names are looked at when a program starts.
        while let people = peoples.first(where: { rest.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }) {
            rest = rest.dropLast(people.count)
        }
        return rest
    }
}

/// The peoples as names of divisions write them. A name that others end in stands behind them.
private let peoples = [
    "土家族", "蒙古族", "蒙古", "回族", "藏族", "维吾尔", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "哈尼族",
    "哈萨克族", "哈萨克", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜", "土族", "达斡尔族", "仫佬族",
    "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯", "普米族", "塔吉克", "独龙族", "怒族", "鄂温克族", "保安族", "裕固族", "各族",
]
