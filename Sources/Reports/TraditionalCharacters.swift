/// The traditional forms of the characters that forms and reports are mostly written in: mirrored pages convert them.
public enum TraditionalCharacters {
    private static let pairs =
        "數数請请結结轉转開开決决處处罰罚強强製制發发廢废規规範范現现許许業业機机構构會会組组織织務务類类屬属於于國国"
        + "祕秘權权內内過过執执詢询項项關关無无沒没補补內内確确認认復复覆复複复訟讼訴诉維维糾纠審审經经後后總总計计"
        + "個个種种應应據据報报單单萬万額额購购採采對对為为與与從从專专職职員员費费繳缴納纳獲获舉举訪访類类辦办"
        + "繼继續续況况動动統统計计標标條条聞闻網网談谈見见傳传電电絡络點点見见議议題题會会訓训課课門门閱阅設设備备"
        + "區区縣县鎮镇鄉乡廳厅衛卫農农環环財财稅税監监鐵铁圖图館馆體体園园島岛灣湾廣广東东黨党團团視视學学醫医藥药臺台號号檔档導导紀纪優优勢势戰战預预"
        + "當当這这穩稳證证識识話话該该說说説说讀读負负責责質质貧贫資资輯辑輸输運运進进郵邮銀银錯错長长問问間间隊队際际險险隱隐領领駁驳驗验"
        + "係系眾众衆众彙汇匯汇衞卫閲阅佈布爲为產产餘余儲储兒儿興兴軍军準准減减劃划別别華华賣卖歷历參参諮咨圍围場场將将師师徑径態态護护"
        + "時时術术來来檢检氣气測测濟济遊游煙烟菸烟熱热療疗蓋盖礦矿碼码稱称糧粮約约級级線线繪绘綜综編编聯联輿舆蘇苏話话訓训"

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
