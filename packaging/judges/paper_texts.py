"""The words of the judges' paper: invented people, invented news."""

from __future__ import annotations

from typing import NamedTuple


class Texts(NamedTuple):
    """What stories of one language are put together from."""

    kickers: tuple[str, ...]
    subjects: tuple[str, ...]
    events: tuple[str, ...]
    standfirsts: tuple[str, ...]
    points: tuple[str, ...]
    authors: tuple[str, ...]
    cities: tuple[str, ...]
    country: str
    keywords: tuple[str, ...]
    caption: str
    alt: str
    correction: str
    paragraphs: tuple[str, ...]


ENGLISH = Texts(
    kickers=("Shipping", "Harbour", "Space trade", "Weather"),
    subjects=(
        "Ferry company",
        "The harbour board",
        "A small town on the fjord",
        "The union of pilots",
        "An astronomer from Bergen",
        "The regatta’s oldest crew",
        "A maker of sea charts",
    ),
    events=(
        "orders four electric boats for the night crossing",
        "opens its archive to everybody",
        "moves a crane that nobody has used since 1988",
        "wins “by a sail’s breadth” after nine hours at sea",
        "asks for more time before the new rules start in June",
        "finds a comet that comes back every 71 years",
        "settles with its owners for 4.5 percent",
        "builds a school on an old lightship",
    ),
    standfirsts=(
        "Four boats replace six over three years. Nobody loses work, and the oldest still sails.",
        "Readings since 1911 are free to use, and schools are the first to ask for them.",
        "It took one night, two tugs and the patience of a whole quarter of the town.",
    ),
    points=(
        "The boats cost $96m together and replace six diesel ferries",
        "A crossing takes two minutes longer, and passengers “will hear the water again”",
        "Charging towers at both quays fill the batteries while cars drive on and off",
        "The council approved the contract on Monday",
    ),
    authors=("Nora Petrie", "Tom Achterberg", "Mara Lindqvist", "José Díaz"),
    cities=("Bergen", "Stavanger", "Oslo"),
    country="Norway",
    keywords=("ferries", "harbour", "batteries", "comets"),
    caption="A ferry on the morning crossing, seen from the east quay.",
    alt="A white ferry with a red funnel on a still fjord, grey-blue hills behind it.",
    correction="An earlier version gave the wrong number of boats; there are four.",
    paragraphs=(
        "Westline, which runs the fjord crossing, has ordered four battery ferries that will "
        "replace its diesel boats one after the other from next spring.",
        "“People who take this boat every day will hear the water again,” said Ragnhild Aas, who "
        "heads the company. “They will hear the children, too. We have thought about that.”",
        "## What comes next",
        "Each ferry carries 120 cars and 390 passengers. At both quays a tower swings a plug to "
        "the hull as soon as the boat is moored, and charges the batteries in nine minutes; "
        "[the lighthouse](old-lighthouse) has had such a tower since autumn.",
        "A crossing takes two minutes longer than today, because a slower boat needs much less "
        "power. The timetable keeps its departures on the hour and the half-hour.",
        "The union of engine-room staff said it had agreed with Westline that nobody would lose "
        "work. Eleven engineers began a course in high-voltage safety this month.",
        "> “It is the quiet that people will notice first,” she said.",
    ),
)

ARABIC = Texts(
    kickers=("ملاحة", "ميناء", "فضاء", "طقس"),
    subjects=(
        "شركة العبّارات",
        "هيئة الميناء",
        "بلدة صغيرة على الساحل",
        "نقابة المرشدين",
        "عالمة فلك من العقبة",
    ),
    events=(
        "تطلب أربعة قوارب كهربائية للرحلة الليلية",
        "تفتح أرشيفها للجميع",
        "تنقل رافعة لم يستخدمها أحد منذ عام 1988",
        "تفوز بعد تسع ساعات في البحر",
        "تطلب مزيدًا من الوقت قبل بدء القواعد الجديدة في يونيو",
        "تكتشف مذنّبًا يعود كل 71 عامًا",
        "تبني مدرسة على سفينة قديمة",
    ),
    standfirsts=(
        "أربعة قوارب تحل محل ستة خلال ثلاث سنوات، ولا يفقد أحد عمله.",
        "القراءات منذ عام 1911 متاحة مجانًا، والمدارس أول من طلبها.",
    ),
    points=(
        "تبلغ كلفة القوارب 96 مليون دولار",
        "تستغرق الرحلة دقيقتين أكثر، وسيسمع الركاب «صوت الماء من جديد»",
        "تشحن الأبراج البطاريات أثناء نزول السيارات وصعودها",
        "وافق المجلس على العقد يوم الاثنين",
    ),
    authors=("يوسف حداد", "ليلى منصور", "سمير الخطيب"),
    cities=("العقبة", "صور", "عمّان"),
    country="الأردن",
    keywords=("عبّارات", "ميناء", "بطاريات", "مذنّبات"),
    caption="عبّارة في رحلة الصباح كما تُرى من الرصيف الشرقي.",
    alt="عبّارة بيضاء على مياه هادئة",
    correction="ذكرت نسخة سابقة عددًا خاطئًا للقوارب؛ والصحيح أربعة.",
    paragraphs=(
        "طلبت شركة Westline التي تدير الرحلة أربع عبّارات تعمل بالبطاريات، ستحل واحدة بعد الأخرى "
        "محل قوارب الديزل ابتداء من الربيع المقبل.",
        "وقالت رئيسة الشركة: «من يركب هذا القارب كل يوم سيسمع صوت الماء من جديد».",
        "## ما الذي سيأتي",
        "تحمل كل عبّارة 120 سيارة و390 راكبًا، وعلى الرصيفين برج يشحن البطاريات في تسع دقائق، "
        "و[المنارة](manara) لها برج مثله منذ الخريف.",
        "تستغرق الرحلة دقيقتين أكثر من اليوم، لأن القارب الأبطأ يحتاج إلى طاقة أقل بكثير.",
        "وقالت نقابة العاملين إنها اتفقت مع الشركة على ألا يفقد أحد عمله.",
        "> «الهدوء هو أول ما سيلاحظه الناس».",
    ),
)

FULL_ENGLISH = """\
A lighthouse that nobody has tended for thirty years will shine again, the harbour board said
on Tuesday, and “every ship will see it from twenty miles away”.[^rock]

The board will pay for a new lamp & lens. It costs less than **one buoy** a year, said its
*chair*, Ingrid Solberg <the harbour master>.

## What comes next

- Divers inspect the rock in April.
    - Two from Bergen, and one from Oslo.
- The lamp arrives in May.

1. First the foundation.
2. Then the tower.

### A smaller crosshead

> “We have waited long enough,” Solberg said.
>
> “Thirty years.”

More about [the wire copy](wire-copy), [an older address](lighthouse-shines), [a story that is
not out](kept-back) and [the board](https://board.example/?a=1&b=2). Type `ls -l`, or

    keep  the  spaces

---

| Light | Range in miles | Years |
| --- | ---: | :---: |
| Old | 12 | 1911–1996 |
| New | 20 | 2026– |

It was dark for a while.[^dark]

[^rock]: The rock is eleven metres high.
[^dark]: From 1996 until 2026.
"""

FULL_ARABIC = """\
أعلنت هيئة الميناء يوم الثلاثاء أن المنارة القديمة ستضيء من جديد.[^1]
وقالت إن شركة Solberg AS ستورّد المصباح.

وقالت رئيسة الهيئة: «انتظرنا طويلًا». وسيكلف المشروع **1.3 مليون دولار**.

## ما الذي سيأتي

- يصل المصباح في مايو.
- يبدأ الغواصون العمل في أبريل.

1. الأساس أولًا.
2. ثم البرج.

### عنوان أصغر

> «ثلاثون عامًا».

المزيد عن [العبّارات](mudun) و[الهيئة](https://board.example/). اكتب `ls -l`، أو

    keep  the  spaces

---

| المنارة | المدى بالأميال |
| --- | ---: |
| القديمة | 12 |
| الجديدة | 20 |

[^1]: يبلغ ارتفاع الصخرة أحد عشر مترًا.
"""
