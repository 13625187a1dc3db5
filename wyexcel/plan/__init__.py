"""What was promised (目标任务): indicators, units, targets, schedule, and the settings of the office."""
