"""What the checker asks for, a function a rule. Read rows, evidence, every, flow, versions."""
