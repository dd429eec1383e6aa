import sys
sys.path.insert(0,'/work/wt-code')
from agents.programs.documentation import Documentation
d=Documentation(); d.refresh()
for n in sys.argv[1:]:
    for s in ([d.find(n)] if '.' in n else d.by_name(n)[:3]):
        if s: print('##',s.name,s.kind,s.owner,s.signature,s.parameters,'RET',s.returns); print(s.doc[:900])
