/// The traditional forms of the characters that forms and reports are mostly written in: mirrored pages convert them.
public enum TraditionalCharacters {
    private static let pairs =
        "數数請请結结轉转開开決决處处罰罰罚罚強强製制發发廢废規规範范現现許许業业機机構构會会組组織织務务類类屬属於于國国"
        + "祕秘權权內内過过執执詢询項项關关無无沒没補补內内確确認认復复覆复複复訟讼訴诉維维糾纠審审經经後后總总計计"
        + "個个種种應应據据報报單单萬万額额購购採采對对為为與与從从專专職职員员費费繳缴納纳獲获舉举訪访類类辦办"
        + "繼继續续況况動动統统計计標标條条聞闻網网談谈見见傳传電电絡络點点見见議议題题會会訓训課课門门閱阅設设備备"
        + "區区縣县鎮镇鄉乡廳厅衛卫農农環环財财稅税監监鐵铁圖图館馆體体園园島岛灣湾廣广東东黨党團团視视學学醫医藥药臺台號号檔档導导紀纪優优勢势戰战預预"

    /// The simplified character for each traditional one.
    public static let simplified: [UInt32: UInt32] = {
        let scalars = Array(pairs.unicodeScalars)
        var map: [UInt32: UInt32] = [:]
        for index in stride(from: 0, to: scalars.count - 1, by: 2) where scalars[index] != scalars[index + 1] {
            map[scalars[index].value] = scalars[index + 1].value
        }
        return map
    }()
}
