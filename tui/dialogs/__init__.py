"""What is asked, one a file."""
