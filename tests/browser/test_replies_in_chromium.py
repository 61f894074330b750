"""Copy an answer, judge it and ask a next question in Chromium, by keyboard and by mouse."""

from playwright.sync_api import Page, expect


def test_an_answer_is_copied_judged_and_followed_by_a_question(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#question textarea", "What are the main points of “Results of G20 Digital Ministerial Meeting”?")
    page.press("#question textarea", "Enter")
    copied = page.locator("#chat .tools a.act").first
    copied.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chat .tools .said")).to_contain_text("Copied: the answer to")
    kinds = page.evaluate("navigator.clipboard.read().then(([item]) => item.types)")
    assert sorted(kinds) == ["text/html", "text/plain"]
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_role("button", name="Wrong evidence").click()
    expect(page.get_by_role("button", name="Wrong evidence")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="Wrong evidence")).to_have_attribute("aria-pressed", "true")
    following = page.locator("#chat .next button").first
    words = following.text_content()
    following.click()
    expect(page.locator("#chat .question").last).to_have_text(words or "")
    expect(page.locator("#chat .tools")).to_have_count(2)
