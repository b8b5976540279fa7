/// The agencies of the State Council and others above all provinces, as far as names are read by them.
enum CentralAgencies {
    /// What may stand before a division's name. A name that begins as another does stands before it.
    static let before = [
        "国家税务总局", "国家统计局", "国家金融监督管理总局", "国家粮食和物资储备局", "国家外汇管理局", "国家矿山安全监察局",
        "国家能源局", "国家邮政局", "国家消防救援局", "中国人民银行", "中国银行保险监督管理委员会", "中国银行业监督管理委员会",
        "中国证券监督管理委员会", "中国银保监会", "中国证监会", "中国海事局", "中国气象局", "中国共产党", "中共",
        "中华人民共和国", "新疆生产建设兵团第一师", "新疆生产建设兵团第二师", "新疆生产建设兵团第三师", "新疆生产建设兵团第四师",
        "新疆生产建设兵团第五师", "新疆生产建设兵团第六师", "新疆生产建设兵团第七师", "新疆生产建设兵团第八师",
        "新疆生产建设兵团第九师", "新疆生产建设兵团第十师", "新疆生产建设兵团第十二师", "新疆生产建设兵团第十三师",
        "新疆生产建设兵团第十四师", "新疆生产建设兵团",
    ]
}
