"""Who may read what, who may do what. The one place that decides; every door asks here."""
