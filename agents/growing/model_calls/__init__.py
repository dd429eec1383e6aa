"""What the model of a run is asked: to propose, to extract, to criticise, to judge names; no call is paid for twice."""
