// Types of what the page's scripts share, for the check of types; browsers never get this file.

// The scripts look for HTML elements alone; a narrower kind is inferred from where the element goes.
interface ParentNode {
  querySelector<E extends Element = HTMLElement>(selector: string): E | null;
  querySelectorAll<E extends Element = HTMLElement>(selector: string): NodeListOf<E>;
}
interface Element {
  closest<E extends Element = HTMLElement>(selector: string): E | null;
}

// The events by which the scripts, and Gradio's handlers in layout.py, tell each other something.
interface DocumentEventMap {
  conversation: CustomEvent<string>;
  "export-talk": CustomEvent<string>;
  shown: CustomEvent<string>;
  view: CustomEvent<string>;
}

// The texts of the scripts by their keys; of two forms the first is for 1.
interface Window {
  pageTexts: Record<string, string | string[]>;
}
