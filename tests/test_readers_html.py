"""Read web pages and saved pages."""

from datetime import date

import pytest

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.html.reader import read_html
from support.content_lines import block_lines
from support.sample_files import page

MINISTRY = """
<div id="header"><ul class="gnavi"><li><a href="/">ホーム</a></li><li><a href="/b">政策</a></li></ul></div>
<div class="topicpath"><a href="/">トップ</a> &gt; 広報・報道</div>
<div id="cookieConsent"><p>We use cookies to make this site better for you and for everyone else who comes.</p></div>
<div class="box"><p>令和3年8月6日</p><h1>デジタル大臣会合の結果</h1>
<p>総務大臣は、8月5日にトリエステで開催された会合に出席しました。</p>
<h2>1　概要</h2><p>・議論が行われました。</p><p>（１）採択されました。</p>
<table><tr><th>日</th><th>場所</th></tr><tr><td>8月5日</td><td>トリエステ<br>（イタリア）</td></tr></table>
<h2>連絡先</h2><p>電話：03-0000-0000</p></div>
<div><a href="/x">個人情報</a> <a href="/y">利用規約</a></div><footer><p>Copyright 2021</p></footer>
"""


def content(body: str, head: str = "") -> Content:
    return read_html(page(body, head), "x.html", Limits())


def refusal(raw: bytes, name: str = "x.html") -> str:
    with pytest.raises(CorpusError) as refused:
        read_html(raw, name, Limits())
    return str(refused.value)


def test_a_page_becomes_its_text_without_its_frame() -> None:
    found = read_html(page(MINISTRY), "x.html", Limits())
    assert block_lines(found) == [
        "p 令和3年8月6日",
        "title デジタル大臣会合の結果",
        "p 総務大臣は、8月5日にトリエステで開催された会合に出席しました。",
        "h1 1　概要",
        "li ・議論が行われました。",
        "li （１）採択されました。",
        "li 日 | 場所",
        "li 8月5日 | トリエステ （イタリア）",
        "to 連絡先",
        "to 電話：03-0000-0000",
    ]


def test_the_text_is_plain_and_every_block_lies_in_it() -> None:
    found = content("<h1>Talks</h1><p>They <b>met</b> in\n<i>Trieste</i>.<br>Then&nbsp;left &lt;early&gt;.</p>")
    assert found.text == "Talks\n\nThey met in Trieste.\nThen\u00a0left <early>."


def test_lists_keep_the_numbers_that_a_reader_sees() -> None:
    found = content(
        "<h1>A</h1><ol type=a start=3><li>one<ul><li>in</li></ul></li><li value=7>two<p>more</p></li></ol>"
        "<ol reversed><li>x</li><li>y</li></ol><ul style='list-style: none'><li>bare</li></ul>"
        "<ol style='list-style-type:upper-roman'><li>roman</li></ol>"
    )
    assert found.text == "A\n\nc. one\n• in\ng. two\n\nmore\n\n2. x\n1. y\n\nbare\n\nI. roman"


def test_a_row_of_a_table_is_one_item_and_a_table_that_sets_the_page_is_none() -> None:
    rows = content(
        "<h1>A</h1><table><caption>Days</caption><tr><th>Day<th>Place<tr><td rowspan=2>5<td>Bari<tr><td>Rome</table>"
    )
    assert block_lines(rows)[1:] == ["p Days", "li Day | Place", "li 5 | Bari", "li 5 | Rome"]
    layout = content("<table><tr><td><h1>A</h1><p>They met.</p></td><td>They left.</td></tr></table>")
    assert block_lines(layout) == ["title A", "p They met.", "p They left."]


def test_a_term_and_what_it_means_read_as_one_row() -> None:
    assert block_lines(content("<h1>A</h1><dl><dt>Day<dd>5 August<dt>Place</dt><dt>Town</dt><dd>Bari</dl>"))[1:] == [
        "li Day | 5 August",
        "li Place | Town | Bari",
    ]


def test_headings_open_one_level_at_a_time() -> None:
    found = content("<h1>A</h1><h3>B</h3><p>They met.</p><h4>C</h4><p>b</p><h3>D</h3><p>c</p>")
    assert [s for s in block_lines(found) if s.startswith("h")] == ["h1 B", "h2 C", "h1 D"]


def test_the_mark_of_a_note_is_no_word_and_its_text_is_kept() -> None:
    found = content(
        '<h1>A</h1><p>They met<sup><a href="#fn1">1</a></sup> on 10 m<sup>2</sup>. It was CO<sub>2</sub>.</p>'
        '<section class="footnotes"><ol><li id="fn1">In Bari. <a href="#ref1" class="footnote-back">↩</a></li></ol>'
        "</section>"
    )
    assert block_lines(found)[1:] == ["p They met on 10 m². It was CO2.", "li 1. In Bari."]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no()</script>",
        "<style>no</style>",
        "<template>no</template>",
        "<noscript>no</noscript>",
        "<iframe src='https://example.org'>no</iframe>",
        "<object data='https://example.org'>no</object>",
        "<img src='https://example.org/a.png' alt='no' onerror='no()'>",
        "<p hidden>no</p>",
        "<p aria-hidden=true>no</p>",
        "<p style='display : none'>no</p>",
        "<p style='visibility:hidden'>no</p>",
        "<p style='color:red;font-size:0px'>no</p>",
        "<p style='position:absolute;left:-9999px'>no</p>",
        "<p style='height:0;overflow:hidden'>no</p>",
        "<p class='unseen'>no</p>",
        "<p id=gone>no</p>",
        "<span class='sr-only'>no</span>",
        "<!-- no -->",
        "<button>no</button><select><option>no</select><textarea>no</textarea>",
        "<nav><p>no</p></nav>",
        "<aside><p>no</p></aside>",
        "<div role=navigation><p>no</p></div>",
        "<div class='cookie-banner'><p>no</p></div>",
    ],
)
def test_what_a_reader_does_not_see_is_no_text(hidden: str) -> None:
    styles = "<style>/* a */ .unseen, #gone {display:none} @media print { .print {display:none} }</style>"
    found = content(f"<h1>A</h1><p>They met.</p>{hidden}<p class=print style='font-size:0.9em'>They left.</p>", styles)
    assert found.text == "A\n\nThey met.\n\nThey left."


def test_a_menu_is_what_its_place_says_and_never_the_whole_page() -> None:
    assert content("<div class='menu'><h1>A</h1><p>They met.</p></div>").text == "A\n\nThey met."
    assert (
        content("<div id='sidebar'><p>They met at length.</p></div><p>Bye.</p>").text == "They met at length.\n\nBye."
    )


def test_nothing_between_the_first_and_the_last_sentence_is_lost() -> None:
    repeated = "".join(f"<p>They met again.</p><p>Yes.</p><ul><li>{i}</li></ul>" for i in range(40))
    found = content(f"<div><h1>Talks</h1><p>{'They met in Trieste and agreed. ' * 5}</p>{repeated}</div>")
    assert found.text.count("They met again.") == found.text.count("Yes.") == 40
    assert "• 39" in found.text


def test_the_facts_come_from_the_metadata() -> None:
    head = (
        '<meta property="og:title" content="Results | MIC"><meta property="og:site_name" content="MIC">'
        '<meta name="DC.date" content="2021-08-06T10:00:00+09:00"><link rel="canonical" href="https://example.org/a">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-01-01",'
        '"author":[{"name":"B"}]}</script><script type="application/ld+json">[[[</script>'
    )
    found = content("<h1>Results</h1><p>They met.</p>", head).facts
    first = {fact.name: fact for fact in reversed(found)}
    assert first == {
        "title": Fact("title", "Results", "HTML metadata"),
        "publisher": Fact("publisher", "MIC", "HTML metadata"),
        "published": Fact("published", date(2021, 8, 6), "HTML metadata"),
        "address": Fact("address", "https://example.org/a", "HTML metadata"),
        "language": Fact("language", "en", "HTML metadata"),
    }
    assert Fact("published", date(2020, 1, 1), "HTML metadata") in found


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/a", "file:///etc/passwd"])
def test_an_address_is_a_web_address(address: str) -> None:
    facts = content("<p>They met.</p>", f'<link rel="canonical" href="{address}">').facts
    assert [fact for fact in facts if fact.name == "address"] == []


def test_a_saved_page_keeps_its_address() -> None:
    comment = b"<!-- saved from url=(0021)https://example.org/b -->\n"
    saved = read_html(page("<p>They met.</p>").replace(b"<html", comment + b"<html"), "x.html", Limits())
    assert [fact.value for fact in saved.facts if fact.name == "address"] == ["https://example.org/b"]


def test_a_page_that_begins_with_words_and_a_colon_is_no_saved_page() -> None:
    assert read_html(b"Note: saved by hand\n" + page("<p>They met.</p>"), "x.html", Limits()).text.endswith("They met.")


def test_the_page_in_a_saved_page_is_read_in_its_encoding() -> None:
    raw = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: image/png\r\n\r\nnothing\r\n--x\r\nContent-Type: text/html; charset=shift_jis\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/c\r\n\r\n"
        b"<html><body><p>=89=EF=8Bc</p><iframe src=3D'cid:a'></iframe></body></html>\r\n--x--\r\n"
    )
    found = read_html(raw, "x.mhtml", Limits())
    assert (found.text, found.warnings) == ("会議", ())
    assert [fact.value for fact in found.facts if fact.name == "address"] == ["https://example.org/c"]


@pytest.mark.parametrize(
    ("meta", "codec"),
    [
        ("<meta charset=Shift_JIS>", "cp932"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">', "euc_jp"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_declared_encoding_is_used(meta: str, codec: str) -> None:
    raw = f"<html><head>{meta}</head><p>会議が開催された。</p></html>".encode(codec)
    assert read_html(raw, "x.html", Limits()).text == "会議が開催された。"


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (page("<div>" * 150 + "They met."), "its elements are nested 152 deep, the limit is 100"),
        (page("<b>" * 100_000 + "They met."), "its elements are nested too deeply, or one is too long"),
        (page("x" * 10_500_000), "its elements are nested too deeply, or one is too long"),
        (
            b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html>&a;</html>',
            "declares XML",
        ),
        (b"<html><frameset><frame src='https://example.org'></frameset></html>", "shows only other pages in frames"),
        (page("<script>write()</script>"), "has no text of its own (scripts would write it)"),
        (page("<p hidden>no</p>"), "the page shows no text"),
        (page("They\0 met."), "binary under a text's name"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_with_the_reason(raw: bytes, complaint: str) -> None:
    assert refusal(raw).startswith("x.html: ")
    assert complaint in refusal(raw)


def test_a_page_that_only_leads_elsewhere_gives_what_it_shows() -> None:
    found = content("<p>They met.</p>", '<meta http-equiv="refresh" content="0;url=https://example.org">')
    assert found.text == "They met."


def test_a_table_that_sets_the_page_and_line_breaks_that_part_paragraphs_leave_the_paragraphs_apart() -> None:
    cell = (
        "<b>Meeting</b><br><br>The ministers met in Bari and spoke about trade, data and the trust between them.<br> "
    )
    cell += "<br>They also spoke about the following days and about what each of them had to bring to the talks.<br>"
    cell += "1. Asia<br>(1) They agreed on a map.<br>(2) They agreed on a review.<br><br>They will meet again in Rome."
    found = content(
        f"<h1>A</h1><table><tr><td><a href='/'>Other talks of the year</a></td><td>{cell}</td></tr></table>"
    )
    assert block_lines(found)[2:] == [
        "p Meeting",
        "p The ministers met in Bari and spoke about trade, data and the trust between them.",
        "p They also spoke about the following days and about what each of them had to bring to the talks.",
        "li 1. Asia",
        "li (1) They agreed on a map.",
        "li (2) They agreed on a review.",
        "p They will meet again in Rome.",
    ]


def test_preformatted_text_has_the_paragraphs_that_its_empty_lines_part() -> None:
    assert content("<h1>A</h1><pre>One goes\non.\n \nTwo.</pre>").text == "A\n\nOne goes\non.\n\nTwo."


def test_readings_above_words_and_words_struck_out_are_not_quoted() -> None:
    assert content(
        "<h1>A</h1><p><ruby>武田<rt>たけだ</rt></ruby>大臣が<del>欠席</del><ins>出席</ins>した。</p>"
    ).text == ("A\n\n武田大臣が出席した。")


def test_a_list_of_links_among_the_paragraphs_is_part_of_the_text_and_one_that_leads_on_is_not() -> None:
    who = "<ul><li><a href='/m'>The minister of one country</a></li><li><a href='/s'>That of another</a></li></ul>"
    text = "<p>The ministers met in Bari and agreed on a map of their programmes and on a review of it.</p>" * 3
    found = content(f"<div><h1>A</h1>{text}<h2>Who came</h2>{who}</div><div><h2>Read on</h2>{who}</div>")
    assert block_lines(found)[-3:] == ["h1 Who came", "li • The minister of one country", "li • That of another"]


def test_the_longest_heading_that_the_page_repeats_as_its_name_is_its_title() -> None:
    page = "<html><head><title>Ministry | Press releases | Results of the talks</title></head><body>"
    found = read_html(f"{page}<h1>Press releases</h1><h2>Results of the talks</h2><p>x".encode(), "x.html", Limits())
    assert block_lines(found) == ["h1 Press releases", "title Results of the talks", "p x"]
    assert found.facts[0] == Fact("title", "Results of the talks", "HTML metadata")


def test_a_numbered_heading_is_the_first_sections_and_no_title() -> None:
    assert block_lines(content("<p>Minutes</p><h1>1. Opening</h1><p>They met.</p>"))[1] == "h1 1. Opening"


def test_what_a_button_in_its_heading_opens_is_text() -> None:
    found = content("<h1>A</h1><h2><button>Why?</button></h2><div hidden=until-found><p>So.</p></div><p hidden>No.</p>")
    assert block_lines(found) == ["title A", "h1 Why?", "p So."]


def test_a_short_bold_paragraph_over_others_is_a_heading_and_a_bold_label_day_or_sentence_is_none() -> None:
    bold = "<p><b>Bari, 4 March 2024</b></p><h2>Results</h2><p><strong>1. Digital <i>trade</i></strong><p>They met."
    found = content(f"<h1>A</h1>{bold}<p><b>MR SMITH:</b> Yes.</p><p><b>We agree.</b></p><p>Then they left.</p>")
    assert block_lines(found)[1:] == [
        "p Bari, 4 March 2024",
        "h1 Results",
        "h2 1. Digital trade",
        "p They met.",
        "p MR SMITH: Yes.",
        "p We agree.",
        "p Then they left.",
    ]


def test_the_items_of_a_page_that_word_saved_have_their_marks() -> None:
    def item(mark: str, words: str) -> str:
        return f"<p><![if !supportLists]><span style='mso-list:Ignore'>{mark}<b>&nbsp; </b></span><![endif]>{words}</p>"

    found = content(f"<h1>A</h1>{item('·', 'They met.')}{item('2)', 'They left.')}<p>End.</p>")
    assert block_lines(found)[1:] == ["li • They met.", "li 2) They left.", "p End."]


@pytest.mark.parametrize(
    "panel",
    [
        "<h2><button aria-controls=p1>Fares</button></h2><div id=p1 hidden><p>Half is paid.</p></div>",
        "<div><button aria-expanded=false>Fares</button></div><div aria-hidden=true><p>Half is paid.</p></div>",
        "<button class='accordion'>Fares</button><div class='panel' style='display:none'><p>Half is paid.</p></div>",
        "<button class=accordion><h3>Fares</h3></button><div class=closed><p>Half is paid.</p></div>",
        "<div id=faqs><h3>Fares</h3><div style='display: none'><p>Half is paid.</p></div></div>",
        "<h2>Fares</h2><a data-toggle=collapse href='#c'></a><div id=c class=closed><p>Half is paid.</p></div>",
        "<p role=tablist><a role=tab aria-controls=t>Fares</a></p><div id=t class=closed>Half is paid.</div>",
        "<h2>Fares</h2><div role=tabpanel aria-hidden=true><p>Half is paid.</p></div>",
        "<h2>Fares</h2><ul><li data-tab-target='#t'></li></ul><div id=t class=closed><p>Half is paid.</p></div>",
        "<input type=checkbox id=c><label for=c>Fares</label><div class=closed><p>Half is paid.</p></div>",
        "<h2>Fares</h2><button onclick=\"show('m')\">More</button><div id=m class=closed>Half is paid.</div>",
        "<div class=x><button aria-expanded=false>Fares</button><div class=collapse><p>Half is paid.</p></div></div>",
        "<details><summary>Fares</summary><p>Half is paid.</p></details>",
    ],
)
def test_closed_panels_of_accordions_and_tabs_are_text(panel: str) -> None:
    found = content(f"<h1>A</h1><p>They met.</p>{panel}", "<style>.closed {display:none}</style>")
    assert block_lines(found) == ["title A", "p They met.", "h1 Fares", "p Half is paid."]


@pytest.mark.parametrize(
    "hidden",
    [
        "<button>Print</button><p hidden>no</p>",
        "<button aria-controls=m>Menu</button><ul id=m hidden><li><a href=/>no</a></li></ul>",
        "<button aria-controls=f>Reply</button><div id=f hidden>no<form><p>no</p></form></div>",
        "<a href='#d'></a><div id=d role=dialog hidden><p>no</p></div>",
        "<a href='#d'></a><div id=d class='modal' style='display:none'><p>no</p></div>",
        "<div class=accordion><p hidden>no</p></div>",
        "<nav><button aria-controls=n>no</button><p id=n hidden>no</p></nav>",
    ],
)
def test_hidden_menus_forms_and_dialogues_are_no_text(hidden: str) -> None:
    assert block_lines(content(f"<h1>A</h1><p>They met.</p>{hidden}")) == ["title A", "p They met."]


def test_the_panels_of_a_page_are_sections_of_one_level_and_what_is_hidden_in_them_stays_hidden() -> None:
    tabs = "<ul role=tablist><li role=tab aria-controls=a>One</li><li role=tab aria-controls=b>Two</li></ul>"
    panels = (
        "<div id=a role=tabpanel><p>First.</p></div><div id=b role=tabpanel hidden><p>Second.</p><p hidden>no</p></div>"
    )
    assert block_lines(content(f"<h1>A</h1>{tabs}{panels}")) == ["title A", "h1 One", "p First.", "h1 Two", "p Second."]


def test_the_headings_in_a_panel_are_below_its_label() -> None:
    tabs = "<div><a href='#a' role=tab>One</a><a href='#b' role=tab>Two</a></div>"
    panels = "<section id=a><h2>Fares</h2><p>First.</p></section><section id=b hidden><p>Second.</p></section>"
    found = content(f"<h1>A</h1>{tabs}{panels}<h2>Old</h2><details><summary>2021</summary><p>Third.</p></details>")
    assert block_lines(found)[1:] == [
        "h1 One",
        "h2 Fares",
        "p First.",
        "h1 Two",
        "p Second.",
        "h1 Old",
        "h2 2021",
        "p Third.",
    ]
