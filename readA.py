import json,sys
sys.path.insert(0,'/work/wt-code')
from graphs.text.read import *
import graphs.text.read as R
A=set(json.load(open('/work/scratch-code10/A.json')))
rows=[json.loads(l) for l in open('/work/shared/data/prograph/dev.jsonl')]
from graphs.text import read_text
for r in rows:
    if r['id'] not in A or r['library']in('cdlib',): continue
    try:
        x=read_text(r['new_question'])
        g=x.graph
        print(r['id'], g.directed, list(g.nx.edges(data=True))[:6] if g is not None else None, [d.__class__.__name__ for d in [x]])
    except Exception as e: print(r['id'],type(e).__name__,str(e)[:150])
