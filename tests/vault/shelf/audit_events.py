EVENTS = {
    "shelf.letter.written": "A letter was written",
    "shelf.letter.read": "A letter was read",
}
