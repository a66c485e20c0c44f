"""Annual and half-yearly reports: what they say, how they are printed, who may read them."""
