from bangla.pdf.textlayer import Cluster, Word, end_of_line, find_words, tidy

ZWJ = "\N{ZERO WIDTH JOINER}"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def clusters(*texts: str, glyphs: int = 1) -> list[Cluster]:
    return [Cluster(text, glyphs, 1.0) for text in texts]


def texts(found: list[Cluster]) -> list[str]:
    return [cluster.text for cluster in found]


def test_text_without_a_glyph_goes_to_the_next_cluster():
    assert texts(tidy([*clusters("র"), Cluster(ZWJ, 0, 0.0), *clusters("্যা")])) == ["র", f"{ZWJ}্যা"]


def test_a_joiner_never_ends_a_text_before_another_cluster():
    assert texts(tidy(clusters(f"র{ZWJ}", "্যা"))) == ["র", f"{ZWJ}্যা"]


def test_text_without_a_glyph_at_the_end_stays_with_the_last_cluster():
    assert texts(tidy([*clusters("ক"), Cluster(ZWJ, 0, 0.0)])) == [f"ক{ZWJ}"]
    assert tidy([Cluster(ZWJ, 0, 0.0)]) == []


def test_soft_hyphens_inside_a_line_are_dropped():
    assert texts(tidy([*clusters("ক"), Cluster(SOFT_HYPHEN, 0, 0.0), *clusters("খ")])) == ["ক", "খ"]


def test_only_the_drawn_hyphen_becomes_soft():
    assert end_of_line(Cluster("\N{HYPHEN}", 1, 1.0), "\N{HYPHEN}").text == SOFT_HYPHEN
    assert end_of_line(Cluster("-", 1, 1.0), "\N{HYPHEN}").text == "-\N{NO-BREAK SPACE}"
    assert end_of_line(Cluster("ক", 1, 1.0), "\N{HYPHEN}").text == "ক"


def test_words_are_runs_between_spaces_and_ascii_words_need_no_help():
    line = clusters("কি", "সে", " ", "a", "b", " ", " ", "x", "খ")
    assert find_words(line) == [Word("কিসে", 0, 1), Word("xখ", 7, 8)]


def test_the_text_of_a_word_is_normalised_and_without_soft_hyphens():
    assert find_words(clusters("\u09df", SOFT_HYPHEN)) == [Word("\u09af\u09bc", 0, 1)]
    assert find_words(clusters("a", SOFT_HYPHEN)) == [Word("a", 0, 1)]
    assert find_words([]) == []
