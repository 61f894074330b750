"""Use the chat of the page in Chromium, as a reader does."""

from playwright.sync_api import Locator, Page


def ask(page: Page, question: str) -> Locator:
    """Ask a question and return the reply, once it is there."""
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    last = page.locator('#chat [data-testid="bot"]').last
    last.locator(".answer, .abstention").wait_for()
    return last
