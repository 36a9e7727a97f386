"""Files of people: taken in sealed, washed, kept, shown, and gone when due."""
