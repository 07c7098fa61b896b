"""The wagon's server: the website, the page of readings, and what laptops ask for."""
