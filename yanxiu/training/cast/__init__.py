"""Make the demo country: real regions, schools of all types, people in every state."""
