"""What the error pages say: a title, and what to do. Nothing of the request stands on them."""

from __future__ import annotations

ERRORS = {
    400: ("This could not be read", "The request was not as the page sends it. Go back and try again."),
    404: ("Page not found", "There is no page at this address. Check a list, or look up a medicine."),
    405: ("This does not work that way", "Lists are sent with the button on the first page."),
    408: ("That took too long", "Your list did not arrive in time. Check your connection and try again."),
    413: (
        "The list is too long",
        "At most 200,000 characters and 2,000 entries can be checked at once. Split the list and check the parts.",
    ),
    415: ("This kind of file cannot be read", "Choose a plain text file (.txt) or a table saved as text (.csv)."),
    500: ("Sorry, something went wrong", "Nothing of your list was kept. Please go back and try again."),
}
