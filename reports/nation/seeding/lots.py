"""Drawing by lot, the same on every machine."""

from random import Random

from teams.enums import Tier

BATCH = 500
HEADS = {
    Tier.CABINET: "মন্ত্রিপরিষদ সচিব",
    Tier.MINISTRY: "সচিব",
    Tier.AGENCY: "মহাপরিচালক",
    Tier.DIVISION: "বিভাগীয় কমিশনার",
    Tier.DISTRICT: "জেলা প্রশাসক",
    Tier.UPAZILA: "উপজেলা নির্বাহী অফিসার",
}


def lot(about: str) -> Random:
    """Everything that is drawn about one thing; nothing here is a secret."""
    return Random(about)  # noqa: S311  # nosec B311
