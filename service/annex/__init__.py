"""The annex table (调度表): counted, filed, on paper, and the chief's card."""
