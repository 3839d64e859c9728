"""English verbs of speech, which say whose words a quotation has."""

from __future__ import annotations

import re

_VERBS = (
    "said|says|say|saying|told|tells|telling|tell|added|adds|adding|asked|asks|asking|ask|"
    "announced|announces|answered|answers|"
    "argued|argues|called|calls|calling|cautioned|cautions|charged|cited|cites|claimed|claims|"
    "commented|comments|complained|complains|concluded|concludes|conceded|concedes|continued|"
    "continues|cried|declared|declares|denied|denies|described|describes|described|disclosed|"
    "discloses|emphasized|emphasised|explained|explains|exclaimed|felt|insisted|insists|joked|"
    "jokes|laughed|laughs|noted|notes|noting|observed|observes|pointed|points|predicted|predicts|"
    "quipped|quoted|quoting|quotes|read|reads|recalled|recalls|remarked|remarks|reported|reports|"
    "reporting|repeated|repeats|replied|replies|responded|responds|shouted|shouts|sang|sings|"
    "smiled|spoke|speaking|stated|states|stating|stressed|stresses|suggested|suggests|testified|"
    "testifies|thinks|thought|thundered|urged|urges|wondered|wonders|warned|warns|whispered|wrote|"
    "writes|writing|tweeted|posted|posts|according|by|titled|entitled|headlined|known|named|dubbed|"
    "believes|believed|put|puts|went|goes|statement|letter|report|speech|interview"
)
SPEECH = re.compile(rf"(?<![\w'’])(?:{_VERBS})(?!\w)", re.IGNORECASE)
"""A word that says who speaks or where words are from."""

SPEAKS = "said|says|told|added|adds|asked|asks|announced|warned|argued|replied|insisted|noted"
"""What stands beside a speaker's name most often."""
