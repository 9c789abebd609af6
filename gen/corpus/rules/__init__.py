"""What the checker asks for, a function a rule. Read lines, register, then any; flow, versions."""
