"""How joint decisions are counted: plain Python, exact, no Django. Each module is one family of rules.

Winners are those of rational arithmetic. Every count returns the steps that explain it (`explaining`).
"""
