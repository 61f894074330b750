"""What stands in the library's view from the beginning; the page's script fills it."""

_COLUMNS = {
    "title": "Title",
    "publisher": "Publisher",
    "published": "Published",
    "first_day": "Meeting",
    "pages": "Pages",
    "passages": "Passages",
    "state": "State",
    "warnings": "Warnings",
}
_HEADINGS = "".join(
    f'<th scope="col" class="{name}" aria-sort="none"><button type="button" data-sort="{name}">{label}</button></th>'
    for name, label in _COLUMNS.items()
)
_ORDERS = "".join(f'<option value="{name}">{label}</option>' for name, label in _COLUMNS.items())
LIBRARY = f"""<section class="library"><h2 tabindex="-1">Library</h2>
<p class="about"><span class="counts"></span> Everything stays on this machine.</p>
<div class="drop"><label><span class="primary">Add files</span>
<input type="file" multiple aria-label="Files to add"></label>
<label class="folder"><span class="secondary">Add a folder</span>
<input type="file" webkitdirectory aria-label="Folder to add"></label>
<span class="hint"><span class="drops">or drop them here: </span>PDF, Word, saved web pages, Markdown, text, and zip
archives of these.</span></div>
<section class="adding" aria-label="Files being added" hidden><div class="overall">
<progress max="1" value="0" aria-label="Files done"></progress>
<span class="told"></span><span class="spoken" role="status"></span><span class="actions">
<button type="button" data-give-up>Cancel what is left</button>
<button type="button" data-forget hidden>Close this list</button></span></div><ol class="files"></ol></section>
<p class="trouble refused" role="alert" hidden></p>
<div class="finding"><input type="search" placeholder="Filter the table" aria-label="Filter the table"
autocomplete="off"><span class="order"><label>Sort by <select aria-label="Sort by">{_ORDERS}</select></label>
<button type="button" data-turn></button></span>
<span class="matches" role="status"></span><span class="saying" role="status"></span>
<div class="chosen" hidden><strong></strong>
<button type="button" data-remove-chosen>Remove …</button>
<button type="button" data-choose-none>Choose none</button></div></div>
<p class="empty" hidden></p>
<table hidden><thead><tr><th scope="col" class="choice"><input type="checkbox" data-choose-all
aria-label="Choose all that are shown"></th>{_HEADINGS}</tr></thead><tbody></tbody></table>
<dialog id="removing" aria-labelledby="removing-title"><form method="dialog"><h2 id="removing-title">Remove</h2>
<p class="asks"></p><ul class="names"></ul><div class="ends"><p class="told" role="status"></p><div class="actions">
<button type="button" class="danger" data-remove-now>Remove</button>
<button type="button" data-dismiss-dialog>Keep</button></div></div></form></dialog>
<dialog id="correcting" aria-labelledby="correcting-title"><form method="dialog"><h2 id="correcting-title">Facts</h2>
<p class="of"></p><div class="fields"></div><div class="ends"><p class="told" role="status"></p><div class="actions">
<button type="submit" class="primary" data-save-facts>Save</button>
<button type="button" data-dismiss-dialog>Close</button></div></div></form></dialog></section>"""
