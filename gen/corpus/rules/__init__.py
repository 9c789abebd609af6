"""What the checker asks for, a function a rule. Read rows, flow, versions."""
