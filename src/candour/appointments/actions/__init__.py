"""Writing the diary: visits, hours, the waiting list, recalls, feeds."""
