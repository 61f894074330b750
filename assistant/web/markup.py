"""What stands on the page from the beginning, beside Gradio's own components."""

from assistant.verification.readers.reader import SUFFIXES
from assistant.web.reports.export import dialog

TAGLINE = "Answers in the records’ own words, every sentence cited."

MASTHEAD = f"""<header class="masthead"><div><h1>Rapporteur</h1><p>{TAGLINE}</p></div>
<nav><span class="views" role="tablist" aria-label="What to do">
<button type="button" role="tab" id="view-ask" data-view="ask" aria-controls="talk" aria-selected="true">Ask</button>
<button type="button" role="tab" id="view-check" data-view="check" aria-controls="check" aria-selected="false"
aria-label="Check a report" tabindex="-1">Check<span class="wide-only"> a report</span></button>
<button type="button" role="tab" id="view-library" data-view="library" aria-controls="library" aria-selected="false"
tabindex="-1">Library</button></span>
<button type="button" class="narrow-only" data-records>Records</button>
<button type="button" class="narrow-only" data-evidence>Evidence (<span class="evidence-count">0</span>)</button>
<button type="button" data-theme-toggle aria-label="Switch between light and dark">
<span aria-hidden="true">◐</span></button></nav></header>{dialog()}"""
PANEL = """<aside class="panel" aria-label="Records and evidence"><div class="bar">
<button type="button" data-records class="back"><span class="plain">Records</span>
<span class="returning">‹ All records</span></button>
<button type="button" data-evidence class="list">Evidence (<span class="evidence-count">0</span>)</button>
<button type="button" data-close class="close">Close ✕</button></div>
<p class="said" role="status"></p><div class="shelf" aria-live="polite"></div></aside>"""
CHECK = f"""<section class="check"><h2 tabindex="-1">Check a report</h2>
<p class="about">Holds every quotation of a finished report against the records, word for word, and every figure, date
and name in a sentence that cites one. It checks wording and figures, not whether they are true.</p>
<label class="drop"><span class="primary">Choose a report</span> <span class="hint">or drop it here: .docx, .md, .txt,
.html or .pdf. Nothing of it is kept.</span>
<input type="file" accept="{",".join(SUFFIXES)}" aria-label="Report to check"></label>
<div class="progress" role="status"></div><div class="outcome"></div></section>"""
PLACEHOLDER = """<div class="welcome"><h2>Ask the records</h2>
<p>The answer quotes them word for word. Click a marker such as <span class="marker">&#91;1&#93;</span>
to see the words where they stand. Your own records come in by the Library.</p></div>"""
