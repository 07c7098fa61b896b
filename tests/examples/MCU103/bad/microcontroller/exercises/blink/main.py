led = 
