// The last question stays at the top of the conversation while its answer grows, so that the answer is read from its
// beginning; once the reader scrolls or chooses something there, nothing moves.

const ABOVE = 8; // pixels above the question
let followed = ""; // the number and words of the questions that were asked
let isAtWork = false;
let isFollowing = false;

const conversation = () => document.querySelector("#chat .bubble-wrap");

export function keepQuestionInView() {
  const questions = document.querySelectorAll("#chat .question");
  const question = questions[questions.length - 1];
  const box = conversation();
  if (!question || !box) {
    followed = "";
    return;
  }
  const asked = `${questions.length} ${question.textContent}`;
  const replies = document.querySelectorAll('#chat [data-testid="bot"]');
  const isAnswered = Boolean(replies[replies.length - 1]?.querySelector(".answer, .abstention, .trouble"));
  if (asked !== followed || (!isAnswered && !isAtWork)) isFollowing = true;
  followed = asked;
  isAtWork = !isAnswered;
  if (!isFollowing) return;
  const down = question.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += down / (box.currentCSSZoom ?? 1) - ABOVE;
}

for (const kind of /** @type {const} */ (["wheel", "touchmove", "pointerdown", "keydown", "focusin"])) {
  document.addEventListener(
    kind,
    (event) => {
      if (event.target instanceof Node && document.querySelector("#chat")?.contains(event.target)) isFollowing = false;
    },
    { capture: true, passive: true },
  );
}
