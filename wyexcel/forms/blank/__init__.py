"""Forms as they are issued (下发): blank, but for what is known already."""
