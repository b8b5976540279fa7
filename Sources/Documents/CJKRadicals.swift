/// Characters that fonts have put radicals for.
///
/// Several Chinese fonts use one glyph for a radical and the character of its shape, and a PDF made with them names the
/// radical: `⼀` for `一`, `⺠` for `民`, and so does what is pasted from it. On paper they are the same, so the character
/// is what is printed. NFKC knows the former and not the latter.
public enum CJKRadicals {
    /// The character of the same shape; the scalar itself where it is no radical.
    public static func character(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x2F00..<0x2F00 + UInt32(kangxi.count): kangxi[Int(scalar.value - 0x2F00)]
        case 0x2E80...0x2EFF: supplement[scalar] ?? scalar
        default: scalar
        }
    }

    /// A text with characters in the place of radicals.
    static func replaced(in text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0x2E80...0x2FDF).contains($0.value) }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(character(scalar)) }
        return String(scalars)
    }

    /// U+2F00 and those after it.
    private static let kangxi = Array(
        ("一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工"
            + "己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉"
            + "瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行"
            + "衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯"
            + "鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠").unicodeScalars)

    /// The forms of U+2E80…2EFF that are characters in their own right.
    private static let supplement: [Unicode.Scalar: Unicode.Scalar] = {
        let radicals =
            "⺁⺄⺅⺆⺇⺉⺋⺌⺎⺏⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺥⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺴⺶⺷⺸⺹⺺⺻⺼"
            + "⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭"
            + "⻮⻯⻰⻱⻲⻳"
        let characters =
            "厂乙亻冂几刂卩小兀尣巳幺彑彐忄心扌攵旡日月歺母民氵水灬爪牛犭王疋目示礻竹糹纟罒罒网羊羊羊耂肀聿肉"
            + "臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯"
            + "齿竜龙龜亀龟"
        return Dictionary(zip(radicals.unicodeScalars, characters.unicodeScalars)) { first, _ in first }
    }()
}
