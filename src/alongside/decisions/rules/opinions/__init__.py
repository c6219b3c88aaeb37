"""The opinion map: who thinks alike about many statements, and whether such groups may be shown at all.

The method is that of Polis (Small et al. 2021, doi:10.6035/recerca.5516): principal components of the votes, then
groups of people who stand close together. `agreement` needs nothing more; all the rest needs numpy.
"""
