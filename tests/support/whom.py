"""Name every kind of person that asks for an address, and how they are answered."""

PEOPLE = (
    *("visitor", "newcomer", "student", "parent", "teacher", "waiting", "holder"),
    *("officer", "county", "city", "province", "nation", "foreign", "editor", "agent", "lead"),
)
OWN_SCHOOL_UP = {"officer", "county", "city", "province", "nation"}
AGENTS = {"agent", "lead"}
OFFICERS = OWN_SCHOOL_UP | {"foreign"}

# Who else there is, and whom each is answered like: the officers of another school of the county,
# of another county of the city, of another province; who stands in for the county's officer; and
# whose right has ended.
RELATIONS = {
    "sibling": "foreign",
    "neighbour": "foreign",
    "abroad": "foreign",
    "deputy": "county",
    "former": "editor",
}
EVERYBODY = (*PEOPLE, *RELATIONS)

ANY = dict.fromkeys(PEOPLE, 200)
SIGNED_IN = ANY | {"visitor": 302}
VISITORS_ONLY = dict.fromkeys(PEOPLE, 302) | {"visitor": 200}
POST_ONLY = dict.fromkeys(PEOPLE, 405)


def only(*who: str, others: int) -> dict[str, int]:
    """Return 200 for some, another status for the rest, the sign-in page for visitors."""
    return dict.fromkeys(PEOPLE, others) | {"visitor": 302} | dict.fromkeys(who, 200)


OUTSIDE_404 = {"foreign": 404, "visitor": 302}
# Deeds of two officers are for provinces and the nation; whoever is outside finds nothing.
TOP = only("province", "nation", others=403)
