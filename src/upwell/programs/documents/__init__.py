"""Documents of programs, as typst lays them out."""
