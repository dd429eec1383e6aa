"""Irregular forms of English verbs, so that "kept" is found where a fact says "keeps"."""

from __future__ import annotations

_VERBS = """
bear bore born borne; beat beaten; become became; begin began begun; bend bent; bite bit bitten; blow blew blown;
break broke broken; breed bred; bring brought; build built; burn burnt; buy bought; catch caught; choose chose
chosen; come came; deal dealt; dig dug; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; eat
ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown; forget forgot
forgotten; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown; hang hung; hear
heard; hide hid hidden; hold held; keep kept; know knew known; lay laid; lead led; learn learnt; leave left; lend
lent; light lit; lose lost; make made; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; rise rose
risen; run ran; say said; see saw seen; seek sought; sell sold; send sent; shake shook shaken; shine shone; shoot
shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; speak
spoke spoken; speed sped; spend spent; spin spun; spring sprang sprung; stand stood; steal stole stolen; stick
stuck; strike struck; swear swore sworn; sweep swept; swim swam swum; take took taken; teach taught; tear tore torn;
tell told; think thought; throw threw thrown; understand understood; wake woke woken; wear wore worn; weave wove
woven; win won; wind wound; write wrote written;
"""
BASE = {form: forms[0] for forms in map(str.split, _VERBS.split(";")) for form in forms[1:]}  # form -> base
