"""Plots of what was counted, each from tables; one file beside this one each."""
