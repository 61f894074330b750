"""HTML of the pages to log in and to change one's password; they work without scripts."""

from assistant.users.current import User
from assistant.users.passwords import LONGEST, SHORTEST
from assistant.web.escaping import escape_input, escape_line
from assistant.web.language import current_language, text
from assistant.web.markup import alert
from index.users import UserRole

# By no-referrer, as the other pages have it, a browser would not say that the form is ours.
_HEAD = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark"><meta name="referrer" content="same-origin"><title>{title}</title>'
    '<link rel="icon" href="icon.svg" type="image/svg+xml"><link rel="stylesheet" href="login.css"></head>'
    "<body><main>"
)
_END = "</main></body></html>"


def _head(key: str) -> str:
    """Return the beginning of a page with this title."""
    return _HEAD.format(language=current_language(), title=f"{text(key)} · Rapporteur")


def wide_page(key: str, body: str) -> str:
    """Return a whole page with this title and a body of HTML, as wide as a table needs."""
    return _head(key).replace("<main>", '<main class="wide">') + body + _END


def login_page(next_page: str, name: str = "", refused: str = "") -> str:
    """Return the login page.

    Args:
        next_page: where to go afterwards.
        name: the name that was typed.
        refused: the reason why the last attempt failed; empty for the first.
    """
    return (
        f"{_head('login.title')}<h1>Rapporteur</h1>"
        f'<form method="post" action="/login">{alert(refused)}'
        f'<input type="hidden" name="next" value="{escape_input(next_page)}">'
        f'<label>{text("login.name")}<input name="name" autocomplete="username" autocapitalize="none"'
        ' spellcheck="false" required'
        f' value="{escape_input(name)}"{"" if name else " autofocus"}></label>'
        f'<label>{text("login.password")}<input type="password" name="password"'
        ' autocomplete="current-password" required'
        f'{" autofocus" if name else ""}></label><button type="submit">{text("login.submit")}</button></form>{_END}'
    )


def account_page(user: User, has_password: bool, told: str = "", refused: str = "") -> str:
    """Return the page of a user's own account: name, role, and a form that changes the password where there is one."""
    done = f'<p role="status">{escape_line(told)}</p>' if told else ""
    rules = f'minlength="{SHORTEST}" maxlength="{LONGEST}" autocomplete="new-password"'
    form = (
        f'<form method="post" action="/account">{alert(refused)}{done}'
        f'<input type="hidden" name="username" autocomplete="username" value="{escape_input(user.name)}">'
        f'<label>{text("account.present")}<input type="password" name="password"'
        ' autocomplete="current-password" required></label>'
        f'<label>{text("account.new")}<input type="password" name="new" {rules} required></label>'
        f'<label>{text("account.again")}<input type="password" name="again" {rules} required></label>'
        f'<button type="submit">{text("account.change")}</button></form>'
        '<form method="post" action="/logout">'
        f'<button type="submit" class="plain">{text("account.log_out")}</button></form>'
    )
    log = f'<a href="audit">{text("audit.title")}</a> · ' if user.role.includes(UserRole.ADMIN) else ""
    return (
        f"{_head('account.title')}<h1>{escape_line(user.name)}</h1>"
        f"<p>{text('account.role', role=text(f'account.role_{user.role.value}'))}</p>{form if has_password else ''}"
        f'<p>{log}<a href="./">{text("account.back")}</a></p>{_END}'
    )
