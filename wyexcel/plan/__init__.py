"""What was promised (目标任务): indicators, units, targets, schedule, settings."""
